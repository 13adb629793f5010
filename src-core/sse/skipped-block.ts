const LF = 10;
const CR = 13;

/** Finds the end of a block, or of a line, of which no bytes are kept. */
export class SkippedBlock {
  /** Offset in the body of its first byte. */
  readonly start: number;
  /** Only a line: a comment that is no part of a block. */
  readonly isLine: boolean;
  #atLineStart: boolean;
  #afterCr: boolean;

  /** @param atLineStart nothing of the line that is open has come. @param afterCr the last byte was a CR */
  constructor(start: number, isLine: boolean, atLineStart: boolean, afterCr: boolean) {
    this.start = start;
    this.isLine = isLine;
    this.#atLineStart = atLineStart;
    this.#afterCr = afterCr;
  }

  /** Where what ends it begins in these bytes (the blank line, or the line's own end); -1 where it goes on. */
  endIn(bytes: Uint8Array): number {
    let atLineStart = this.#atLineStart;
    let afterCr = this.#afterCr;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === LF && afterCr) afterCr = false;
      else if (byte === LF || byte === CR) {
        if (atLineStart || this.isLine) return at;
        atLineStart = true;
        afterCr = byte === CR;
      } else {
        atLineStart = false;
        afterCr = false;
      }
    }
    this.#atLineStart = atLineStart;
    this.#afterCr = afterCr;
    return -1;
  }
}
