import type { EventIndex } from '../../src-core/index/event-index.ts';
import { bookmarkBeside } from './bookmarks.svelte.ts';
import type { Session } from './session.svelte.ts';

/** What the playhead can step along. */
export const STEP_KINDS = [
  'type',
  'lane',
  'chunk',
  'response',
  'item',
  'problem',
  'watch',
  'breakpoint',
  'bookmark',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];
export type Direction = -1 | 1;

/**
 * The nearest event after (1) or before (-1) the playhead
 * - of the same type, or about the same item as the playhead's event;
 * - that writes to the same lane, to any if the playhead's event writes none;
 * - that is the first of the next or the previous chunk;
 * - that ends the next or the previous response of the capture, whose whole output is there then;
 * - that has a problem of those that the Problems tab lists, changes a watched value, stops at a
 *   breakpoint or has a bookmark.
 *
 * Null where there is none. Linear in the events on the way at most.
 */
export function stepGoal(session: Session, kind: StepKind, direction: Direction): number | null {
  const { view, playhead, watches, breakpoints, listed } = session;
  const { seq } = playhead;
  if (seq < 0 || seq >= view.count) return null;
  switch (kind) {
    case 'type':
      return alongColumn(view.index.columns.type, seq, view.count, direction);
    case 'item':
      return besideInColumn(view.index.columns.item, seq, view.count, direction);
    case 'lane':
      return besideInLane(view.index, seq, view.count, direction);
    case 'chunk':
      return view.isTimed ? besideChunk(view.index, seq, view.count, direction) : null;
    case 'response':
      return view.index.responseEnd(view.index.responseOf(seq) + direction);
    case 'problem':
      return listed.beside(seq, direction);
    case 'bookmark':
      return bookmarkBeside(view.bookmarks, seq, direction);
    case 'watch':
      return watches.beside(seq, direction);
    case 'breakpoint':
      return breakpoints.beside(seq, direction);
  }
}

/** The next row with the same number. */
function alongColumn(
  column: ArrayLike<number>,
  seq: number,
  count: number,
  direction: Direction,
): number | null {
  const wanted = column[seq];
  for (let at = seq + direction; at >= 0 && at < count; at += direction)
    if (column[at] === wanted) return at;
  return null;
}

/** The next row with the same number, or with any where this row has none. */
function besideInColumn(
  column: ArrayLike<number>,
  seq: number,
  count: number,
  direction: Direction,
): number | null {
  if (column[seq]! >= 0) return alongColumn(column, seq, count, direction);
  for (let at = seq + direction; at >= 0 && at < count; at += direction)
    if (column[at]! >= 0) return at;
  return null;
}

/** The next event that makes the lane longer, not one that only confirms its text. */
function besideInLane(
  index: EventIndex,
  seq: number,
  count: number,
  direction: Direction,
): number | null {
  const lane = index.columns.lane[seq]!;
  if (lane < 0) return besideInColumn(index.columns.lane, seq, count, direction);
  const { seqs } = index.lanes[lane]!;
  const row = direction > 0 ? seqs.countUpTo(seq) : seqs.countUpTo(seq - 1) - 1;
  const found = row >= 0 && row < seqs.length ? seqs.at(row) : count;
  return found < count ? found : null;
}

function besideChunk(
  { columns: { chunk } }: EventIndex,
  seq: number,
  count: number,
  direction: Direction,
): number | null {
  let at = seq;
  while (at >= 0 && at < count && chunk[at] === chunk[seq]) at += direction;
  if (at < 0 || at >= count) return null;
  // Backwards this is the last event of the chunk before.
  while (direction < 0 && at > 0 && chunk[at - 1] === chunk[at]) at--;
  return at;
}
