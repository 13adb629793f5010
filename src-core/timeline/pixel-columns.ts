import { countWhile } from '../index/columns.ts';
import type { EventKind } from '../responses/event-types.ts';
import type { Series } from './series.ts';
import { spanOf, type TimeWindow } from './time-window.ts';

/** What a track shows in each pixel column. */
export interface ColumnCounts {
  /** Events in each column. */
  readonly counts: Uint32Array;
  /** The kind that most of them are of; `null` where there are none. */
  readonly kinds: (EventKind | null)[];
  /** The largest of the counts. */
  readonly max: number;
}

/**
 * Which rows of an ascending table of times fall into each of `width` pixel columns: column `c` has
 * `edges[c]` to `edges[c + 1] - 1`. A column takes in its left edge, the last one its right edge
 * too. `valueAt` has the time of a row in microseconds.
 */
export function columnEdges(
  count: number,
  timeAt: (row: number) => number,
  window: TimeWindow,
  width: number,
): Uint32Array {
  const edges = new Uint32Array(width + 1);
  const step = spanOf(window) / width;
  let found = 0;
  for (let column = 0; column < width; column++) {
    const fromUs = window.fromUs + column * step;
    found = countWhile(count, (row) => timeAt(row) < fromUs, found);
    edges[column] = found;
  }
  edges[width] = countWhile(count, (row) => timeAt(row) <= window.toUs, found);
  return edges;
}

/** Wins in a column whatever else is there: nobody may overlook it. */
const FOREMOST: EventKind = 'error';

/**
 * Counts the events of a series in each column of `edges`, by search in its own lists: the cost
 * depends on the columns that have events, not on how many events they have.
 */
export function countColumns(
  series: Series,
  edges: Uint32Array,
  kindOfType: (type: number) => EventKind,
): ColumnCounts {
  const width = edges.length - 1;
  const counts = new Uint32Array(width);
  const kinds = new Array<EventKind | null>(width).fill(null);
  const byKind = new Map<EventKind, Uint32Array>();
  for (const { type, seqs } of series.types) {
    const kind = kindOfType(type);
    let ofKind = byKind.get(kind);
    let row = seqs.countBelow(edges[0]!);
    for (let column = 0; row < seqs.length;) {
      const seq = seqs.at(row);
      if (seq >= edges[width]!) break;
      column = columnOf(edges, seq, column);
      const next = seqs.countBelow(edges[column + 1]!, row);
      if (!ofKind) byKind.set(kind, (ofKind = new Uint32Array(width)));
      ofKind[column]! += next - row;
      counts[column]! += next - row;
      row = next;
    }
  }
  let max = 0;
  const best = new Uint32Array(width);
  for (const [kind, ofKind] of byKind)
    for (let column = 0; column < width; column++) {
      const count = ofKind[column]!;
      if (count === 0 || (count <= best[column]! && kind !== FOREMOST)) continue;
      best[column] = kind === FOREMOST ? 0xffffffff : count;
      kinds[column] = kind;
    }
  for (const count of counts) if (count > max) max = count;
  return { counts, kinds, max };
}

/** The column of an event, which is at or after `from`. */
export function columnOf(edges: Uint32Array, seq: number, from = 0): number {
  // The first column whose end lies behind the event.
  return countWhile(edges.length - 1, (column) => edges[column + 1]! <= seq, from);
}

/** A list of events in ascending order that can be searched, as `NumberList` and searches are. */
export interface EventList {
  readonly length: number;
  at(index: number): number;
  /** How many are at most `seq`. */
  countUpTo(seq: number): number;
}

/** The columns that have events of a list, ascending, with the first such event of each. */
export function columnsOf(list: EventList, edges: Uint32Array): { column: number; seq: number }[] {
  const found: { column: number; seq: number }[] = [];
  const end = edges[edges.length - 1]!;
  let row = list.countUpTo(edges[0]! - 1);
  while (row < list.length && list.at(row) < end) {
    const seq = list.at(row);
    const column = columnOf(edges, seq, found.at(-1)?.column);
    found.push({ column, seq });
    row = list.countUpTo(edges[column + 1]! - 1);
  }
  return found;
}
