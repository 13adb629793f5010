import { parseJson } from '../json.ts';
import { viewOf } from '../bytes.ts';
import { type FrameSink, LONGEST_FRAME } from '../sse/frame.ts';
import { decodeUtf8 } from '../text.ts';
import { Carry, type Stretch } from './carry.ts';
import { CR, hasBom, isBlank, jsonFrame, LF, unreadFrame } from './json-frame.ts';

/**
 * A JSON value a line (NDJSON, JSON Lines). Lines end with LF and nothing else; a CR before it is left
 * out of the data, blank lines are skipped. A last line without LF is a frame if it is a whole value:
 * files often end so.
 */
export class LineReader {
  readonly #sink: FrameSink;
  readonly #longest: number;
  #carry = new Carry();
  /** Offset in the body of a line that is too long and is skipped; -1 for none. */
  #skipFrom = -1;
  /** How many bytes of the line that is open were searched for its end. */
  #searched = 0;
  #atStart = true;
  #received = 0;

  /** @param longest bytes of a line beyond which it is not read */
  constructor(sink: FrameSink, longest = LONGEST_FRAME) {
    this.#sink = sink;
    this.#longest = longest;
  }

  push(chunk: Uint8Array): void {
    this.#received += chunk.length;
    const rest = this.#skipFrom >= 0 ? this.#skip(chunk) : chunk;
    if (rest.length > 0) this.#read(rest);
  }

  /** Returns what comes after the line that is skipped. */
  #skip(chunk: Uint8Array): Uint8Array {
    const at = chunk.indexOf(LF);
    if (at < 0) return chunk.subarray(chunk.length);
    const end = this.#received - chunk.length + at + 1;
    this.#tooLong(this.#skipFrom, end, chunk);
    this.#skipFrom = -1;
    this.#searched = 0;
    this.#carry = new Carry(end);
    return chunk.subarray(at + 1);
  }

  #tooLong(start: number, end: number, bytes: Uint8Array): void {
    this.#atStart = false;
    const detail = `${end - start} bytes`;
    this.#sink.deviation({ rule: 'too-long', start, end, detail });
    this.#sink.frame(unreadFrame(start, end), bytes, start, viewOf(bytes));
  }

  #read(chunk: Uint8Array): void {
    const stretch = this.#carry.with(chunk);
    const { bytes } = stretch;
    let start = 0;
    let from = this.#searched;
    for (;;) {
      const end = bytes.indexOf(LF, from);
      if (end < 0) break;
      if (end - start > this.#longest)
        this.#tooLong(stretch.base + start, stretch.base + end + 1, bytes);
      else this.#line(stretch, start, end, end + 1);
      start = end + 1;
      from = start;
    }
    if (bytes.length - start > this.#longest) {
      this.#skipFrom = stretch.base + start;
      this.#carry = new Carry();
      return;
    }
    this.#searched = bytes.length - start;
    this.#carry.keep(stretch, start);
  }

  end(): void {
    if (this.#skipFrom >= 0) return this.#unfinished(this.#skipFrom);
    const stretch = this.#carry.with(new Uint8Array(0));
    const { bytes, base } = stretch;
    const start = firstOf(bytes, 0, bytes.length);
    if (start >= bytes.length) return;
    if (parseJson(decodeUtf8(bytes.subarray(this.#bom(bytes)))) !== undefined)
      this.#line(stretch, 0, bytes.length, bytes.length);
    else this.#unfinished(base + start);
  }

  #unfinished(start: number): void {
    const end = this.#received;
    const detail = `${end - start} bytes`;
    this.#sink.deviation({ rule: 'unfinished-line', start, end, detail });
  }

  #line({ bytes, view, base }: Stretch, start: number, end: number, next: number): void {
    let from = start;
    if (this.#atStart) {
      const length = this.#bom(bytes);
      this.#atStart = false;
      if (length > 0)
        this.#sink.deviation({ rule: 'bom', start: 0, end: 3, detail: 'U+FEFF at the start' });
      from += length;
    }
    let last = end;
    if (last > from && bytes[last - 1] === CR) last--;
    if (firstOf(bytes, from, last) === last) return;
    this.#sink.frame(jsonFrame(base + from, base + next, base + last), bytes, base, view);
  }

  #bom(bytes: Uint8Array): number {
    return this.#atStart && hasBom(bytes) ? 3 : 0;
  }
}

/** Where something else than white space stands, `end` if nothing does. */
function firstOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(bytes[at]!)) at++;
  return at;
}
