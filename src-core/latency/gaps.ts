import { GapHistogram } from './histogram.ts';
import { NumberColumn } from './number-column.ts';
import { type Ranked, spreadSteps } from './spread.ts';

/** The time that passed between two events that follow each other in some order of events. */
export interface Gap {
  /** Microseconds. */
  us: number;
  /** The events around it. */
  before: number;
  after: number;
}

/** How gaps spread, each number with the gap it belongs to. */
export interface GapSpread {
  count: number;
  p50: Gap;
  p95: Gap;
  p99: Gap;
  max: Gap;
}

/** Gaps in the order of their events. */
export class Gaps {
  readonly us = new NumberColumn(Float64Array);
  readonly before = new NumberColumn(Uint32Array);
  readonly after = new NumberColumn(Uint32Array);
  readonly histogram = new GapHistogram();

  get count(): number {
    return this.us.length;
  }

  add(before: number, after: number, us: number): void {
    this.us.push(us);
    this.before.push(before);
    this.after.push(after);
    this.histogram.add(us, after);
  }

  at(row: number): Gap {
    return { us: this.us.at(row), before: this.before.at(row), after: this.after.at(row) };
  }

  /** Null where there are no two events to have a gap between them. In steps, as `spreadSteps`. */
  *spread(): Generator<undefined, GapSpread | null> {
    const spread = yield* spreadSteps(this.us.values());
    if (!spread) return null;
    const gap = ({ row }: Ranked) => this.at(row);
    const { count, p50, p95, p99, max } = spread;
    return { count, p50: gap(p50), p95: gap(p95), p99: gap(p99), max: gap(max) };
  }
}
