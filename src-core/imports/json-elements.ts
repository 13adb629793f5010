import { copyOf } from '../bytes.ts';
import { encodeUtf8 } from '../text.ts';

/** An element of an array: its bytes, and where they stand. */
export interface JsonElement {
  /** Which of the paths the array stands at. */
  path: number;
  /** Within the array, from 0. */
  index: number;
  /** Offset in the text, and its line from 1. */
  start: number;
  line: number;
  /** Null for an element that is larger than the limit. */
  bytes: Uint8Array | null;
}

/** Why no more elements follow, and where. */
export interface ElementFault {
  byte: number;
  line: number;
  message: string;
}

const [QUOTE, BACKSLASH, LF] = [34, 92, 10];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93];
const [COMMA, COLON] = [44, 58];
/** U+FEFF, which .NET writes at the start of files. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** Containers above an element: no path that anybody asks for is as deep. */
const MAX_DEPTH = 16;
/** Longer than any key that is looked for: how a key goes on beyond that does not matter. */
const MAX_KEY = 64;

interface Level {
  isArray: boolean;
  /** The paths that lead to this container. */
  paths: number[];
  /** Elements that have begun in an array. */
  index: number;
}

/**
 * Finds the elements of arrays in a JSON text that comes in pieces, by bytes: `log.entries` of a HAR that
 * does not fit into memory. Only the element that is open is kept. The text around the elements is
 * looked at for brackets, strings and keys; whether it is JSON in all else nobody asks. The elements are not
 * parsed here.
 */
export class JsonElements {
  readonly #paths: readonly (readonly Uint8Array[])[];
  readonly #limit: number;
  readonly #levels: Level[] = [];
  #found: JsonElement[] = [];
  #fault: ElementFault | null = null;
  #isOver = false;

  #position = 0;
  #line = 1;
  #inString = false;
  #escaped = false;
  /** The last string outside of elements, as raw bytes: a key, if a colon follows. */
  #key: number[] = [];
  #keyIsKnown = false;

  // The element that is open: brackets within it, and what came of it.
  #element: JsonElement | null = null;
  #depth = 0;
  #parts: Uint8Array[] = [];
  #size = 0;

  /**
   * @param paths keys that lead to the arrays; none for an array that is the whole text
   * @param limit bytes of an element; larger ones are passed over
   */
  constructor(paths: readonly (readonly string[])[], limit: number) {
    this.#paths = paths.map((path) => path.map(encodeUtf8));
    this.#limit = limit;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  /** The elements that this piece of the text completed. */
  push(piece: Uint8Array): JsonElement[] {
    // Where the element that is open begins in this piece.
    let from = 0;
    for (let at = 0; at < piece.length && !this.#isOver; at++) {
      if (this.#inString) {
        at = this.#readString(piece, at) - 1;
        continue;
      }
      const byte = piece[at]!;
      if (byte === LF) this.#line++;
      if (byte <= 32 || byte === BYTE_ORDER_MARK[this.#position + at]) continue;
      if (this.#element === null) {
        if (this.#beginsElement(byte)) {
          from = at;
          this.#begin(at);
          this.#readElement(byte);
        } else this.#readAround(byte, this.#position + at);
      } else if (this.#depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET)) {
        this.#keep(piece, from, at);
        this.#complete();
        this.#readAround(byte, this.#position + at);
      } else this.#readElement(byte);
    }
    if (this.#element !== null) this.#keep(piece, from, piece.length);
    this.#position += piece.length;
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** Nothing more comes. @returns what is wrong with the text, null where nothing is */
  end(): ElementFault | null {
    if (this.#fault) return this.#fault;
    if (this.#isOver) return null;
    const message =
      this.#element !== null
        ? `the text ends within entry ${this.#element.index + 1}`
        : this.#levels.length === 0
          ? 'there is no JSON object or array'
          : `the text ends within ${this.#inString ? 'a string' : this.#levels.at(-1)!.isArray ? 'an array' : 'an object'}`;
    return { byte: this.#position, line: this.#line, message };
  }

  /** Reads on in a string. @returns where it goes on after its end, or the piece's length */
  #readString(piece: Uint8Array, from: number): number {
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      at++;
    }
    // Nearly all bytes of a file of streams are in strings.
    for (; at < piece.length; at++) {
      const byte = piece[at]!;
      if (byte === BACKSLASH) {
        if (++at === piece.length) this.#escaped = true;
      } else if (byte === QUOTE) {
        this.#inString = false;
        break;
      }
    }
    const end = Math.min(at, piece.length);
    if (this.#element === null && this.#key.length < MAX_KEY)
      for (let index = from; index < end && this.#key.length < MAX_KEY; index++)
        this.#key.push(piece[index]!);
    return end + (this.#inString ? 0 : 1);
  }

  #beginsElement(byte: number): boolean {
    const level = this.#levels.at(-1);
    if (!level?.isArray || level.paths.length === 0) return false;
    return byte !== COMMA && byte !== CLOSE_BRACKET;
  }

  #begin(at: number): void {
    const level = this.#levels.at(-1)!;
    this.#element = {
      path: level.paths[0]!,
      index: level.index++,
      start: this.#position + at,
      line: this.#line,
      bytes: null,
    };
    this.#depth = 0;
  }

  /** A byte of an element that is in no string. */
  #readElement(byte: number): void {
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth--;
  }

  #keep(piece: Uint8Array, from: number, to: number): void {
    this.#size += to - from;
    if (this.#size > this.#limit) this.#parts = [];
    // A copy: the reader uses its buffer again.
    else if (to > from) this.#parts.push(copyOf(piece, from, to));
  }

  #complete(): void {
    const element = this.#element!;
    if (this.#size <= this.#limit) element.bytes = joined(this.#parts, this.#size);
    this.#found.push(element);
    this.#element = null;
    this.#parts = [];
    this.#size = 0;
  }

  #readAround(byte: number, position: number): void {
    const level = this.#levels.at(-1);
    if (byte === QUOTE) {
      if (!level)
        return this.#fail(position, 'a string stands where an object or array is expected');
      this.#inString = true;
      this.#key = [];
      this.#keyIsKnown = false;
    } else if (byte === COLON) this.#keyIsKnown = true;
    else if (byte === COMMA) this.#keyIsKnown = false;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET)
      this.#open(byte === OPEN_BRACKET, position);
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (!level || level.isArray !== (byte === CLOSE_BRACKET))
        return this.#fail(position, `"${String.fromCharCode(byte)}" closes nothing that is open`);
      this.#levels.pop();
      this.#isOver = this.#levels.length === 0;
    } else if (!level) this.#fail(position, 'neither an object nor an array begins here');
  }

  #open(isArray: boolean, position: number): void {
    const depth = this.#levels.length;
    if (depth >= 10_000) return this.#fail(position, 'more than 10,000 levels are open');
    const above = this.#levels.at(-1);
    const paths =
      depth > MAX_DEPTH
        ? []
        : this.#paths.flatMap((path, number) => {
            if (depth === 0) return [number];
            const leads = above!.paths.includes(number) && !above!.isArray && this.#keyIsKnown;
            return leads && depth <= path.length && isSame(path[depth - 1]!, this.#key)
              ? [number]
              : [];
          });
    // Elements are those of an array at the path's very end.
    const ends = isArray ? paths.filter((number) => this.#paths[number]!.length === depth) : paths;
    this.#levels.push({ isArray, paths: ends, index: 0 });
    this.#keyIsKnown = false;
  }

  #fail(byte: number, message: string): void {
    this.#fault ??= { byte, line: this.#line, message };
    this.#isOver = true;
  }
}

function isSame(key: Uint8Array, bytes: readonly number[]): boolean {
  return key.length === bytes.length && key.every((byte, index) => byte === bytes[index]);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
