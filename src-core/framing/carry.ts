import { viewOf } from '../bytes.ts';

/** What is read next: byte `n` of the body is `bytes[n - base]`. */
export interface Stretch {
  bytes: Uint8Array;
  view: DataView;
  base: number;
}

/**
 * The bytes of a frame that crosses the end of a chunk, in a buffer that grows by doubling: each byte is
 * copied at most twice and as the buffer grows, however the chunks are cut.
 */
export class Carry {
  #bytes: Uint8Array = new Uint8Array(4096);
  #length = 0;
  #base: number;

  /** @param base offset in the body of the first byte that will come */
  constructor(base = 0) {
    this.#base = base;
  }

  /** What was kept, with a chunk that follows it. A chunk that follows nothing is not copied. */
  with(chunk: Uint8Array): Stretch {
    if (this.#length === 0) return { bytes: chunk, view: viewOf(chunk), base: this.#base };
    this.#append(chunk);
    const bytes = this.#bytes.subarray(0, this.#length);
    return { bytes, view: viewOf(bytes), base: this.#base };
  }

  /** Of the stretch that `with` gave, the first `used` bytes are done with. */
  keep({ bytes }: Stretch, used: number): void {
    this.#base += used;
    if (bytes.buffer === this.#bytes.buffer) {
      if (used > 0) this.#bytes.copyWithin(0, used, this.#length);
      this.#length -= used;
    } else if (used < bytes.length) this.#append(bytes.subarray(used));
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = needed;
  }
}
