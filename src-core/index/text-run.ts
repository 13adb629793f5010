import { decodeUtf8 } from '../text.ts';
import { SIMPLE_ESCAPES } from './delta-shape.ts';
import type { LaneText } from './lane-texts.ts';

const BACKSLASH = 0x5c;

/**
 * The deltas that one text gets in a row, as bytes until somebody needs the string: decoding them
 * together takes a fraction of decoding each.
 */
export class TextRun {
  readonly #decoded: (text: LaneText, delta: string) => void;
  #text: LaneText | null = null;
  #bytes = new Uint8Array(4096);
  #length = 0;

  constructor(decoded: (text: LaneText, delta: string) => void) {
    this.#decoded = decoded;
  }

  /** Appends `bytes[start..end)`: UTF-8, a JSON string's inside with escapes of one letter only. */
  append(text: LaneText, bytes: Uint8Array, start: number, end: number): void {
    if (text !== this.#text) {
      this.flush();
      this.#text = text;
    }
    if (this.#length + end - start > this.#bytes.length) this.#makeRoom(end - start);
    const to = this.#bytes;
    const from = this.#length;
    let length = from;
    let units = 0;
    for (let at = start; at < end; at++) {
      let byte = bytes[at]!;
      if (byte === BACKSLASH) byte = SIMPLE_ESCAPES[bytes[++at]!]!;
      to[length++] = byte;
      // In UTF-16 a sequence of four bytes takes two units, any other one.
      if (byte < 0x80 || byte >= 0xc0) units += byte < 0xf0 ? 1 : 2;
    }
    this.#length = length;
    text.length += units;
  }

  /** Hands the run over as a string. */
  flush(): void {
    const text = this.#text;
    if (!text) return;
    const delta = decodeUtf8(this.#bytes.subarray(0, this.#length));
    this.#text = null;
    this.#length = 0;
    this.#decoded(text, delta);
  }

  #makeRoom(more: number): void {
    const grown = new Uint8Array(Math.max(this.#length + more, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
