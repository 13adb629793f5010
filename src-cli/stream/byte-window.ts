const LF = 10;

/** Bytes that are kept before what is still needed, so that places a little back can be looked up. */
const KEPT = 4 * 1024 * 1024;

/**
 * The last bytes of a body that is read once. What an event or a problem is about came a moment ago;
 * what came long before is let go, so that a body of any size takes a few megabytes.
 */
export class ByteWindow {
  #bytes = Buffer.alloc(0);
  #base = 0;
  #length = 0;
  #linesBefore = 0;
  #line = { at: 0, number: 1 };

  /** The offset in the body after the last byte. */
  get end(): number {
    return this.#base + this.#length;
  }

  append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }

  /** `bytes[start..end)` of the body as far as they are kept. A view, valid until the next `append`. */
  slice(start: number, end: number): Buffer {
    const from = Math.max(0, start - this.#base);
    return this.#bytes.subarray(from, Math.max(from, Math.min(end - this.#base, this.#length)));
  }

  /** Nothing before this offset is needed any more. */
  release(offset: number): void {
    const drop = Math.min(offset - this.#base, this.#length) - KEPT;
    // Moving what is left costs what is left: it is done when as much has come as is kept.
    if (drop < KEPT) return;
    this.#linesBefore = this.#lineAt(this.#base + drop) - 1;
    this.#bytes.copyWithin(0, drop, this.#length);
    this.#base += drop;
    this.#length -= drop;
    this.#line = { at: this.#base, number: this.#linesBefore + 1 };
  }

  /** The line that a byte is in, from 1, lines ending with LF; null for bytes that were let go. */
  lineOf(offset: number): number | null {
    return offset < this.#base ? null : this.#lineAt(Math.min(offset, this.end));
  }

  /** Counts on from the last answer: questions come mostly in the order of the bytes. */
  #lineAt(offset: number): number {
    if (offset < this.#line.at) this.#line = { at: this.#base, number: this.#linesBefore + 1 };
    const line = this.#line;
    const to = offset - this.#base;
    let at = this.#bytes.indexOf(LF, line.at - this.#base);
    for (; at >= 0 && at < to; at = this.#bytes.indexOf(LF, at + 1)) line.number++;
    line.at = offset;
    return line.number;
  }
}
