import { countUpTo } from '../index/columns.ts';
import type { EventIndex } from '../index/event-index.ts';
import type { Alignment } from './alignment.ts';
import type { TextPair } from './output.ts';

/** The event of a side in a row, or before it where that has none; -1 before the first. */
export function seqUpToRow(alignment: Alignment, side: 'a' | 'b', row: number): number {
  const rowOf = side === 'a' ? alignment.rowOfA : alignment.rowOfB;
  return countUpTo(rowOf, rowOf.length, row) - 1;
}

/** The row of an event; the last one for events that came after the alignment was made. */
export function rowOfSeq(alignment: Alignment, side: 'a' | 'b', seq: number): number {
  const rowOf = side === 'a' ? alignment.rowOfA : alignment.rowOfB;
  return rowOf[seq] ?? alignment.count - 1;
}

/** The text that was written last at an event, and how long it was; null where none has begun. */
export function textPlaceAt(
  index: EventIndex,
  seq: number,
): { lane: number; length: number } | null {
  let found: { lane: number; length: number } | null = null;
  let last = -1;
  for (const lane of index.lanesAt(seq)) {
    const { seqs } = index.lanes[lane]!;
    const written = seqs.countUpTo(seq);
    if (written === 0 || seqs.at(written - 1) <= last) continue;
    last = seqs.at(written - 1);
    found = { lane, length: index.laneLengthAt(lane, seq) };
  }
  return found;
}

/**
 * The first event with which the same text of the other side was as long, the last one that wrote to it
 * where it never was; null where there is no such text.
 *
 * @param from the side that was moved
 */
export function seqByText(
  pairs: readonly TextPair[],
  from: 'a' | 'b',
  index: EventIndex,
  seq: number,
  other: EventIndex,
): number | null {
  const place = textPlaceAt(index, seq);
  if (!place) return null;
  const to = from === 'a' ? 'b' : 'a';
  const pair = pairs.find((one) => one[from] === place.lane);
  const lane = pair ? pair[to] : null;
  if (lane === null) return null;
  const { seqs, ends } = other.lanes[lane]!;
  if (seqs.length === 0) return null;
  return seqs.at(Math.min(ends.countBelow(place.length), seqs.length - 1));
}

/** The last event that had arrived on the other side after the same time; the first one before that. */
export function seqByTime(index: EventIndex, seq: number, other: EventIndex): number {
  const atUs = index.columns.timeUs[seq] ?? 0;
  return Math.max(0, countUpTo(other.columns.timeUs, other.count, atUs) - 1);
}
