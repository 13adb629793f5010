import { isObject, type JsonValue } from './json.ts';

/** A place in a printed JSON text, in lines and columns from 1, the end exclusive. */
export interface TextRange {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}

export interface PrintedJson {
  text: string;
  /** What differs from the value before, with its JSON pointer: at most `MAX_CHANGES`. */
  changes: { pointer: string; range: TextRange }[];
  /** How many values were too long or too deep to be printed whole. */
  shortened: number;
}

const MAX_CHANGES = 200;
const LONGEST_STRING = 20_000;
/** Deeper values are not printed: no response is, and the stack has an end. */
const DEEPEST = 200;

/**
 * Prints a value with two spaces of indent, and says where it differs from another one. Values that
 * are the same object are not looked into: snapshots share what did not change.
 *
 * @param before the value to compare with; undefined marks nothing.
 */
export function printJson(value: JsonValue, before?: JsonValue): PrintedJson {
  const printer = new Printer();
  printer.print(value, before, before !== undefined, '', 0);
  return { text: printer.text(), changes: printer.changes, shortened: printer.shortened };
}

class Printer {
  readonly #lines: string[] = [];
  #line = '';
  readonly changes: PrintedJson['changes'] = [];
  shortened = 0;

  text(): string {
    return [...this.#lines, this.#line].join('\n');
  }

  print(
    value: JsonValue,
    before: JsonValue | undefined,
    compares: boolean,
    pointer: string,
    depth: number,
  ): void {
    const startLine = this.#lines.length + 1;
    const startColumn = this.#line.length + 1;
    const goesOn =
      compares &&
      value !== before &&
      ((Array.isArray(value) && Array.isArray(before)) || (isObject(value) && isObject(before)));
    if (depth > DEEPEST && typeof value === 'object' && value !== null) {
      this.shortened++;
      this.#line += JSON.stringify('… nested too deeply to show …');
    } else if (Array.isArray(value)) {
      const known = goesOn ? (before as JsonValue[]) : [];
      this.#members(
        value.map((item, index) => ['', item, known[index], `${pointer}/${index}`] as const),
        '[]',
        goesOn,
        depth,
      );
    } else if (isObject(value)) {
      const known = goesOn && isObject(before) ? before : {};
      this.#members(
        Object.entries(value).map(
          ([key, item]) =>
            [
              `${JSON.stringify(key)}: `,
              item ?? null,
              known[key],
              `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
            ] as const,
        ),
        '{}',
        goesOn,
        depth,
      );
    } else this.#line += this.#scalar(value);
    if (!compares || goesOn || value === before || this.changes.length >= MAX_CHANGES) return;
    const endLine = this.#lines.length + 1;
    const kept = keptLength(value, before);
    const range = {
      startLine,
      startColumn: startColumn + kept,
      endLine,
      endColumn: this.#line.length + 1 - (kept > 0 ? 1 : 0),
    };
    this.changes.push({ pointer, range });
  }

  #members(
    members: readonly (readonly [string, JsonValue, JsonValue | undefined, string])[],
    brackets: string,
    compares: boolean,
    depth: number,
  ): void {
    if (members.length === 0) {
      this.#line += brackets;
      return;
    }
    const indent = '  '.repeat(depth + 1);
    this.#line += brackets[0]!;
    members.forEach(([key, item, before, pointer], index) => {
      this.#break(indent + key);
      this.print(item, before, compares, pointer, depth + 1);
      if (index < members.length - 1) this.#line += ',';
    });
    this.#break('  '.repeat(depth) + brackets[1]!);
  }

  #break(next: string): void {
    this.#lines.push(this.#line);
    this.#line = next;
  }

  #scalar(value: JsonValue): string {
    if (typeof value !== 'string' || value.length <= LONGEST_STRING) return JSON.stringify(value);
    this.shortened++;
    const half = LONGEST_STRING / 2;
    const left = value.length - LONGEST_STRING;
    return JSON.stringify(
      `${value.slice(0, half)} … ${left.toLocaleString('en')} characters … ${value.slice(-half)}`,
    );
  }
}

/**
 * How many columns of a printed string stood there before: of a text that grew, only what was
 * appended is a change. 0 for anything else.
 */
function keptLength(value: JsonValue, before: JsonValue | undefined): number {
  if (typeof value !== 'string' || typeof before !== 'string') return 0;
  if (before === '' || value.length > LONGEST_STRING || !value.startsWith(before)) return 0;
  return JSON.stringify(before).length - 1;
}
