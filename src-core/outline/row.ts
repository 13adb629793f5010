import type { JsonValue } from '../json.ts';

/** What a schema is, as a person would say it first. */
export type RowType =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'object'
  | 'array'
  | 'null'
  | 'enum'
  | 'const'
  /** anyOf, oneOf or allOf. */
  | 'union'
  | 'reference'
  /** Several types: `["string", "integer"]`. */
  | 'several'
  | 'any';

/**
 * What a row stands for. `items`: each item of an array; `others`: the values of all other keys;
 * `place`: an item of a tuple; `branch`: of a union; `definitions`: what holds the definitions.
 */
export type RowKind =
  'root' | 'property' | 'items' | 'others' | 'place' | 'branch' | 'definitions' | 'definition';

/** A reference of a row. */
export interface RowReference {
  /** As written: `#/$defs/Address`. */
  ref: string;
  /** The last key of it, or what it leads to: `Address`, `the root`. */
  name: string;
  /** The row that it leads to, null for none. */
  target: string | null;
  /** Whether what it leads to leads back to it. */
  isRecursive: boolean;
}

/** A schema within a schema, as the outline shows it. */
export interface OutlineRow {
  /** Its position among the rows. */
  readonly index: number;
  readonly kind: RowKind;
  /** Of the schema, as a JSON pointer. */
  readonly pointer: string;
  /** Of the schema that has type and bounds: where null is a branch beside it, another. */
  readonly core: string;
  /** The position of the row around it; -1 of the root. */
  readonly parent: number;
  /** From 0 for what is in the root, which has -1. */
  readonly depth: number;
  /** Its position among the rows of its kind around it, and how many there are. */
  readonly place: number;
  siblings: number;
  readonly name: string;
  readonly type: RowType;
  /** The type in words: `array of string`. */
  readonly label: string;
  readonly isNullable: boolean;
  /** Null where nothing can be required. */
  readonly isRequired: boolean | null;
  /** Whether properties can be added to it, or to its items. */
  readonly isObject: boolean;
  readonly description: string;
  /** What enum or const allow; null is left out of what is nullable. */
  readonly values: readonly JsonValue[] | null;
  /** Format and bounds in short: `date-time`, `0–150`. */
  readonly facts: readonly string[];
  /** The same as they are written, by keyword. */
  readonly bounds: Readonly<Record<string, string | number>>;
  /** Keywords that hold schemas which have no rows: `patternProperties`. */
  readonly hidden: readonly string[];
  reference: RowReference | null;
  /** Offsets in the text: from the key, or the value where it has none; `keyEnd` is -1 then. */
  readonly start: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly end: number;
  /** The position behind the last row within it. */
  next: number;
}

/** The rows of a schema: the root first, then what is in it, in order; definitions last. */
export class Outline {
  readonly text: string;
  readonly rows: readonly OutlineRow[];
  readonly #byPointer = new Map<string, OutlineRow>();
  /** In the order in which they begin in the text. */
  readonly #byStart: readonly OutlineRow[];

  constructor(text: string, rows: readonly OutlineRow[]) {
    this.text = text;
    this.rows = rows;
    for (const row of rows) {
      this.#byPointer.set(row.core, row);
      this.#byPointer.set(row.pointer, row);
    }
    this.#byStart = [...rows].sort(
      (one, other) => one.start - other.start || one.index - other.index,
    );
  }

  at(pointer: string): OutlineRow | undefined {
    return this.#byPointer.get(pointer);
  }

  /** The innermost row that has an offset of the text within it; else the root. */
  rowAt(offset: number): OutlineRow {
    let low = 0;
    let high = this.#byStart.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#byStart[middle]!.start <= offset) low = middle;
      else high = middle - 1;
    }
    let row = this.#byStart[low]!;
    while (row.parent >= 0 && (row.end < offset || row.start > offset))
      row = this.rows[row.parent]!;
    return row;
  }

  /** The positions of the rows within a row, one level down. */
  childrenOf({ index, next }: OutlineRow): number[] {
    const children: number[] = [];
    for (let at = index + 1; at < next; at = this.rows[at]!.next) children.push(at);
    return children;
  }
}
