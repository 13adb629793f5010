import type { JsonValue } from '../json.ts';

/** Containers within each other that are written out. */
const MAX_DEPTH = 8;

/**
 * A value as JSON on one line, no longer than about `limit` characters: of a long text its end, which
 * is where it grows, of a container its beginning. Costs what it writes, however large the value is.
 */
export function previewOf(value: JsonValue | undefined, limit: number): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return textPreview(value, limit);
  const writer = new Writer(limit);
  writer.write(value, 0);
  return writer.text;
}

/** In quotes, but with nothing escaped that can be read as it is. */
function textPreview(text: string, limit: number): string {
  return text.length <= limit ? `"${text}"` : `"…${tailOf(text, limit)}"`;
}

/** The end of a text; no surrogate pair is cut. */
function tailOf(text: string, limit: number): string {
  const tail = text.slice(text.length - limit);
  return /^[\udc00-\udfff]/.test(tail) ? tail.slice(1) : tail;
}

class Writer {
  text = '';
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get #isFull(): boolean {
    return this.text.length >= this.#limit;
  }

  write(value: JsonValue, depth: number): void {
    if (typeof value === 'string') {
      const rest = Math.max(8, this.#limit - this.text.length);
      const isLong = value.length > rest;
      this.text += isLong
        ? `${JSON.stringify(value.slice(0, rest)).slice(0, -1)}…"`
        : JSON.stringify(value);
    } else if (typeof value !== 'object' || value === null) this.text += JSON.stringify(value);
    else if (depth >= MAX_DEPTH) this.text += '…';
    else if (Array.isArray(value)) this.#members('[', value.entries(), ']', depth);
    else this.#members('{', Object.entries(value), '}', depth);
  }

  #members(
    open: string,
    members: Iterable<[string | number, JsonValue | undefined]>,
    close: string,
    depth: number,
  ): void {
    this.text += open;
    let isFirst = true;
    for (const [key, member] of members) {
      if (!isFirst) this.text += ', ';
      isFirst = false;
      if (this.#isFull) {
        this.text += '…';
        break;
      }
      if (typeof key === 'string') this.text += `${JSON.stringify(key)}: `;
      this.write(member ?? null, depth + 1);
    }
    this.text += close;
  }
}
