import { viewOf } from '../bytes.ts';
import { type FrameSink, LONGEST_FRAME } from '../sse/frame.ts';
import { Carry, type Stretch } from './carry.ts';
import { hasBom, isBlank, jsonFrame, unreadFrame } from './json-frame.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * The objects of a JSON array, or objects that follow one another, printed on one line or on many. An
 * element ends where as many brackets were closed as opened, those in strings not counted; it is
 * not read any further, so that what is wrong within it concerns no other. Whatever else stands between
 * elements than commas, white space and the array's own brackets is reported and skipped.
 */
export class ElementReader {
  readonly #sink: FrameSink;
  readonly #longest: number;
  #carry = new Carry();
  /** Offset in the body of an element that is too long and is skipped; -1 for none. */
  #skipFrom = -1;
  #received = 0;
  #atStart = true;
  /** Where the reader stands, counted from the beginning of what is carried. */
  #position = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Offset in the body of what lies between elements and does not belong there; -1 for nothing. */
  #strayFrom = -1;
  /** Offset in the body of the array that is open, -1 for none. */
  #arrayFrom = -1;
  #elements = 0;
  #isList = false;

  /** @param longest bytes of an element beyond which it is not read */
  constructor(sink: FrameSink, longest = LONGEST_FRAME) {
    this.#sink = sink;
    this.#longest = longest;
  }

  /** Whether the brackets of an array were seen. */
  get isList(): boolean {
    return this.#isList;
  }

  push(chunk: Uint8Array): void {
    this.#received += chunk.length;
    const rest = this.#skipFrom >= 0 ? this.#skip(chunk) : chunk;
    if (rest.length > 0) this.#read(rest);
  }

  /** Returns what comes after the element that is skipped: where it ends is known without its bytes. */
  #skip(chunk: Uint8Array): Uint8Array {
    const at = this.#inElement(chunk, 0);
    if (this.#depth > 0) return chunk.subarray(chunk.length);
    const end = this.#received - chunk.length + at;
    this.#tooLong(this.#skipFrom, end, chunk);
    this.#skipFrom = -1;
    this.#carry = new Carry(end);
    return chunk.subarray(at);
  }

  #tooLong(start: number, end: number, bytes: Uint8Array): void {
    this.#elements++;
    const detail = `${end - start} bytes`;
    this.#sink.deviation({ rule: 'too-long', start, end, detail });
    this.#sink.frame(unreadFrame(start, end), bytes, start, viewOf(bytes));
  }

  #read(chunk: Uint8Array): void {
    const stretch = this.#carry.with(chunk);
    const { bytes } = stretch;
    let start = 0;
    let at = this.#position;
    while (at < bytes.length) {
      if (this.#atStart) {
        if (bytes[0] === 0xef && bytes.length < 3) break;
        this.#atStart = false;
        if (hasBom(bytes)) {
          this.#sink.deviation({ rule: 'bom', start: 0, end: 3, detail: 'U+FEFF at the start' });
          at = 3;
          start = 3;
          continue;
        }
      }
      if (this.#depth > 0) {
        at = this.#inElement(bytes, at);
        if (this.#depth > 0) break;
        this.#element(stretch, start, at);
        start = at;
      } else {
        this.#between(bytes[at]!, stretch.base + at);
        if (this.#depth > 0) start = at;
        at++;
        if (this.#depth === 0) start = at;
      }
    }
    if (this.#depth > 0 && at - start > this.#longest) {
      this.#skipFrom = stretch.base + start;
      this.#position = 0;
      this.#carry = new Carry();
      return;
    }
    this.#position = at - start;
    this.#carry.keep(stretch, start);
  }

  end(): void {
    const carried = this.#carry.with(new Uint8Array(0)).base;
    const base = this.#skipFrom >= 0 ? this.#skipFrom : carried;
    const end = this.#received;
    this.#endStray(end);
    if (this.#depth > 0)
      this.#sink.deviation({
        rule: 'unfinished-element',
        start: base,
        end,
        detail: `${end - base} bytes`,
      });
    else if (this.#arrayFrom >= 0)
      this.#sink.deviation({
        rule: 'unclosed-array',
        start: this.#arrayFrom,
        end: this.#arrayFrom + 1,
        detail: String(this.#elements),
      });
  }

  /** Reads on within an element. Returns where it ends, or the end of the bytes. */
  #inElement(bytes: Uint8Array, from: number): number {
    let at = from;
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    while (at < bytes.length && depth > 0) {
      const byte = bytes[at++]!;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    return at;
  }

  #between(byte: number, offset: number): void {
    if (byte === OPEN_OBJECT) {
      this.#endStray(offset);
      this.#depth = 1;
    } else if (byte === OPEN_LIST && this.#arrayFrom < 0) {
      this.#endStray(offset);
      this.#arrayFrom = offset;
      this.#isList = true;
    } else if (byte === CLOSE_LIST && this.#arrayFrom >= 0) {
      this.#endStray(offset);
      this.#arrayFrom = -1;
    } else if (byte === COMMA || isBlank(byte)) {
      // Blanks and commas within what is stray do not end it.
    } else if (this.#strayFrom < 0) this.#strayFrom = offset;
  }

  #endStray(offset: number): void {
    const start = this.#strayFrom;
    if (start < 0) return;
    this.#strayFrom = -1;
    const detail = `${offset - start} bytes`;
    this.#sink.deviation({ rule: 'between-elements', start, end: offset, detail });
  }

  #element({ bytes, view, base }: Stretch, start: number, end: number): void {
    if (end - start > this.#longest) return this.#tooLong(base + start, base + end, bytes);
    this.#elements++;
    this.#sink.frame(jsonFrame(base + start, base + end, base + end), bytes, base, view);
  }
}
