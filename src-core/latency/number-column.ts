type Numbers = Uint32Array | Int32Array | Float64Array;

const BITS = 14;
const SEGMENT = 1 << BITS;
const FIRST = 32;

/**
 * Numbers appended one by one. They are kept in segments: an array that doubles would stop everything
 * to be copied just when there is most of it.
 */
export class NumberColumn<T extends Numbers> {
  readonly #array: new (length: number) => T;
  readonly #segments: T[] = [];
  #last: T;
  #length = 0;

  constructor(array: new (length: number) => T) {
    this.#array = array;
    this.#last = new array(0);
  }

  get length(): number {
    return this.#length;
  }

  /** A copy in one array. */
  values(): T {
    const values = new this.#array(this.#length);
    this.#segments.forEach((segment, at) =>
      values.set(segment.subarray(0, Math.min(SEGMENT, this.#length - at * SEGMENT)), at * SEGMENT),
    );
    return values;
  }

  at(row: number): number {
    return this.#segments[row >>> BITS]![row & (SEGMENT - 1)]!;
  }

  push(value: number): void {
    const at = this.#length++ & (SEGMENT - 1);
    if (at === 0 || at === this.#last.length) this.#grow(at);
    this.#last[at] = value;
  }

  addToLast(value: number): void {
    this.#last[(this.#length - 1) & (SEGMENT - 1)]! += value;
  }

  /** The first segment begins small: most columns are those of a short lane. */
  #grow(used: number): void {
    const isFirst = this.#length <= SEGMENT;
    const segment = new this.#array(!isFirst ? SEGMENT : Math.max(FIRST, used * 2));
    if (used > 0) {
      segment.set(this.#last);
      this.#segments.pop();
    }
    this.#segments.push(segment);
    this.#last = segment;
  }
}
