import { countWhile, NumberList } from '../index/columns.ts';

/**
 * Types that a series tells apart. Streams of known protocols have fewer than this in one track; of
 * others the rest are counted together, so that a look at a pixel column stays cheap.
 */
export const MAX_TYPES = 32;
/** Stands for all types beyond `MAX_TYPES`. */
export const OTHER_TYPES = -1;

/** Events of one type, ascending. */
export interface TypeSeries {
  /** Index into the type names, or `OTHER_TYPES`. */
  readonly type: number;
  readonly seqs: NumberList;
}

/** Events in ascending order, all of them and by type, so that any range can be counted by search. */
export class Series {
  readonly seqs = new NumberList();
  readonly types: TypeSeries[] = [];
  readonly #byType = new Map<number, NumberList>();

  /** Events are pushed in ascending order. */
  push(seq: number, type: number): void {
    this.seqs.push(seq);
    let list = this.#byType.get(type);
    if (!list) {
      list = this.#listOf(this.types.length < MAX_TYPES ? type : OTHER_TYPES);
      this.#byType.set(type, list);
    }
    list.push(seq);
  }

  #listOf(type: number): NumberList {
    const known = this.types.find((one) => one.type === type);
    if (known) return known.seqs;
    const seqs = new NumberList();
    this.types.push({ type, seqs });
    return seqs;
  }

  get count(): number {
    return this.seqs.length;
  }
  get first(): number {
    return this.count === 0 ? -1 : this.seqs.at(0);
  }
  get last(): number {
    return this.count === 0 ? -1 : this.seqs.at(this.count - 1);
  }

  /** How many events are in `from..to`, both included. */
  countIn(from: number, to: number): number {
    return Math.max(0, this.seqs.countUpTo(to) - this.seqs.countUpTo(from - 1));
  }

  /** The types of the events in `from..to`, the most frequent first. */
  typesIn(from: number, to: number): { type: number; count: number }[] {
    return this.types
      .map(({ type, seqs }) => ({ type, count: seqs.countUpTo(to) - seqs.countUpTo(from - 1) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count);
  }

  /** The event whose time is nearest to `us`; the earlier one of two, -1 where there is none. */
  nearest(us: number, times: ArrayLike<number>): number {
    const { seqs } = this;
    const after = countWhile(seqs.length, (row) => times[seqs.at(row)]! < us);
    if (after === 0) return this.first;
    const before = seqs.at(after - 1);
    if (after === seqs.length) return before;
    const next = seqs.at(after);
    return us - times[before]! <= times[next]! - us ? before : next;
  }
}
