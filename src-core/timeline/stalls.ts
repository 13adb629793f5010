import { NumberList } from '../index/columns.ts';
import type { EventIndex } from '../index/event-index.ts';

/** A time without an event that is worth a name. */
export interface Stall {
  /** The event before, -1 where it is the request. */
  readonly before: number;
  readonly after: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** The stalls of a capture, read on as it grows. */
export class Stalls {
  readonly #index: EventIndex;
  readonly #leastUs: number;
  #examined = 0;
  /** The events that ended one, ascending. */
  readonly #ends = new NumberList();

  /** @param leastUs a gap of at least so many microseconds is a stall. */
  constructor(index: EventIndex, leastUs: number) {
    this.#index = index;
    this.#leastUs = leastUs;
  }

  get count(): number {
    return this.#ends.length;
  }

  extend(most = Infinity): void {
    const { timeUs } = this.#index.columns;
    const to = Math.min(this.#index.count, this.#examined + most);
    for (let seq = this.#examined; seq < to; seq++)
      if (timeUs[seq]! - (seq === 0 ? 0 : timeUs[seq - 1]!) >= this.#leastUs) this.#ends.push(seq);
    this.#examined = to;
  }

  /** The longest ones, the longest first. */
  longest(most: number): Stall[] {
    const { timeUs } = this.#index.columns;
    const all = Array.from({ length: this.count }, (_, row) =>
      stallBefore(this.#ends.at(row), timeUs),
    );
    return all
      .sort((a, b) => b.toUs - b.fromUs - (a.toUs - a.fromUs) || a.after - b.after)
      .slice(0, most);
  }
}

function stallBefore(after: number, times: ArrayLike<number>): Stall {
  const before = after - 1;
  return { before, after, fromUs: before < 0 ? 0 : times[before]!, toUs: times[after]! };
}

/**
 * The gaps of at least `leastUs` microseconds that leave at least `leastColumns` columns of `edges`
 * empty: as many as can be seen, at most one in so many columns, however many the capture has.
 */
export function stallsInColumns(
  edges: Uint32Array,
  times: ArrayLike<number>,
  count: number,
  { leastUs, leastColumns }: { leastUs: number; leastColumns: number },
): Stall[] {
  const found: Stall[] = [];
  const width = edges.length - 1;
  for (let column = 0; column < width;) {
    let end = column;
    while (end < width && edges[end + 1] === edges[column]) end++;
    const after = edges[column]!;
    if (end - column >= leastColumns && after < count) {
      const stall = stallBefore(after, times);
      if (stall.toUs - stall.fromUs >= leastUs) found.push(stall);
    }
    column = end + 1;
  }
  return found;
}
