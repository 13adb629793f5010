import type { EventKind } from '../responses/event-types.ts';
import type { ColumnCounts } from './pixel-columns.ts';

/** A rectangle that stands on the base of its row, in whole pixels. */
export interface Bar {
  x: number;
  width: number;
  height: number;
  kind: EventKind;
}

/** A single event is this wide, so that it can be seen. */
export const BAR_WIDTH = 2;
/** A column with one event has at least this share of the height of one with many, */
const LEAST = 0.4;
/** or more where "many" is so few that they can be counted. */
const LEAST_OF_FEW = 0.75;
const FEW = 4;

/**
 * The bars of a row of so many pixels: the height says how many events a column has, by logarithm,
 * for one event in a crowd must not vanish. Neighbours that are alike are one bar.
 */
export function barsOf({ counts, kinds, max }: ColumnCounts, rowHeight: number): Bar[] {
  const bars: Bar[] = [];
  const scale = Math.log1p(Math.max(1, max));
  const least = max <= FEW ? LEAST_OF_FEW : LEAST;
  let last: Bar | null = null;
  for (let x = 0; x < counts.length; x++) {
    const kind = kinds[x];
    if (!kind) continue;
    const share = Math.max(least, Math.log1p(counts[x]!) / scale);
    const height = Math.max(1, Math.round(share * rowHeight));
    const touches = last !== null && last.x + last.width >= x;
    if (last !== null && touches && last.kind === kind && last.height === height)
      last.width = x + BAR_WIDTH - last.x;
    else {
      // What is drawn later must not hide the first column of its neighbour.
      if (last !== null && last.x + last.width > x) last.width = x - last.x;
      bars.push((last = { x, width: BAR_WIDTH, height, kind }));
    }
  }
  return bars;
}
