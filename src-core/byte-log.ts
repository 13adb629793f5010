/** Bytes that only ever get more, in one piece of memory that grows by doubling. */
export class ByteLog {
  #bytes: Uint8Array = new Uint8Array(64 * 1024);
  #length = 0;

  get length(): number {
    return this.#length;
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

  /** A view, not a copy: valid until the next `append`. */
  slice(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, Math.min(end, this.#length));
  }
}
