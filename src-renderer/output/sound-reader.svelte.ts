import type { NumberList } from '../../src-core/index/columns.ts';
import { isObject, parseJson } from '../../src-core/json.ts';
import { SoundBytes, type SoundOf } from './sound-bytes.ts';

/** How long one slice of decoding may hold up the page. */
const SLICE_MS = 8;

/**
 * Decodes the sound of one response as far as it was asked for, in slices of at most 8 ms. Events are
 * read beside the view's own decoded ones, which a sound would push out.
 */
export class SoundReader {
  readonly #view: { dataText(seq: number): string };
  readonly #seqs: NumberList;
  /** The row of the response's first delta in the list of all. */
  readonly first: number;
  readonly #bytes = new SoundBytes();
  #wanted = 0;
  #scheduled: ReturnType<typeof setTimeout> | null = null;
  /** Deltas that were read; reactive, once a slice. */
  #read = $state(0);

  constructor(view: { dataText(seq: number): string }, seqs: NumberList, first: number) {
    this.#view = view;
    this.#seqs = seqs;
    this.first = first;
  }

  /** Reads on until the first `count` deltas are there. */
  readTo(count: number): void {
    this.#wanted = Math.max(this.#wanted, count);
    if (this.#scheduled === null) this.#slice();
  }

  /** Whether the first `count` deltas are read; reactive. */
  has(count: number): boolean {
    return this.#read >= count;
  }
  /** The sound of the first `count` deltas, once they are read: nothing in it changes any more. */
  at(count: number): SoundOf {
    return this.#bytes.at(count);
  }

  #slice(): void {
    const bytes = this.#bytes;
    const until = performance.now() + SLICE_MS;
    let isInTime = true;
    while (bytes.count < this.#wanted && !bytes.isFull && isInTime) {
      const value = parseJson(this.#view.dataText(this.#seqs.at(this.first + bytes.count)));
      const delta = isObject(value) ? value.delta : undefined;
      bytes.push(typeof delta === 'string' ? delta : '');
      isInTime = performance.now() < until;
    }
    this.#read = bytes.isFull ? Infinity : bytes.count;
    if (this.#read >= this.#wanted) return;
    this.#scheduled = setTimeout(() => {
      this.#scheduled = null;
      this.#slice();
    });
  }
}
