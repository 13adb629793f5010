/** Gaps of one order of size: `fromUs` and longer, shorter than `toUs`. */
export interface Bucket {
  fromUs: number;
  toUs: number;
  count: number;
  /** The longest of them and the event after it, -1 for none. */
  longestUs: number;
  longestSeq: number;
}

/** 1, 2 and 5 in each decade from 0.1 ms to 100 s; what is shorter or longer has a bucket too. */
const EDGES: readonly number[] = [2, 3, 4, 5, 6, 7]
  .flatMap((power) => [1, 2, 5].map((factor) => factor * 10 ** power))
  .concat(100_000_000);

/** How many gaps there are of each order of size. Gaps of exactly 0 are in a bucket of their own. */
export class GapHistogram {
  readonly #buckets: Bucket[] = [0, Number.MIN_VALUE, ...EDGES].map((fromUs, at, all) => ({
    fromUs,
    toUs: all[at + 1] ?? Infinity,
    count: 0,
    longestUs: -1,
    longestSeq: -1,
  }));

  add(us: number, seq: number): void {
    const bucket = this.#buckets[numberOf(us)]!;
    bucket.count++;
    if (us <= bucket.longestUs) return;
    bucket.longestUs = us;
    bucket.longestSeq = seq;
  }

  /** From the first bucket that holds a gap to the last one, copied. */
  buckets(): Bucket[] {
    const first = this.#buckets.findIndex(({ count }) => count > 0);
    if (first < 0) return [];
    let last = this.#buckets.length - 1;
    while (this.#buckets[last]!.count === 0) last--;
    return this.#buckets.slice(first, last + 1).map((bucket) => ({ ...bucket }));
  }
}

function numberOf(us: number): number {
  if (us <= 0) return 0;
  let number = 1;
  while (number <= EDGES.length && us >= EDGES[number - 1]!) number++;
  return number;
}
