/**
 * The bytes of a body that somebody may still ask about. What was released goes, so that a body of any size
 * takes no more memory than its longest open stretch.
 */
export class OpenBytes {
  #bytes = new Uint8Array(64 * 1024);
  #base = 0;
  #length = 0;

  /** The offset in the body after the last byte. */
  get end(): number {
    return this.#base + this.#length;
  }

  append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }

  /** `bytes[start..end)` of the body, which were not released. A view: valid until the next call of another method. */
  slice(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(Math.max(0, start - this.#base), Math.max(0, end - this.#base));
  }

  /** Nothing before this offset is asked for any more. */
  release(offset: number): void {
    const drop = Math.min(offset - this.#base, this.#length);
    // Moving what is left costs what is left: it is done when as much goes.
    if (drop <= 0 || drop < this.#length - drop) return;
    this.#bytes.copyWithin(0, drop, this.#length);
    this.#base += drop;
    this.#length -= drop;
  }
}
