import { countUpTo } from '../index/columns.ts';
import type { Lane } from '../index/batch.ts';
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
  const isThere = isAt(index.lanes[place.lane]!);
  const pair = pairs.find((one) => one[from] !== null && isThere(index.lanes[one[from]]!));
  const lane = pair ? pair[to] : null;
  if (lane === null) return null;
  let reached = Infinity;
  let last = -1;
  for (const { seqs, ends } of other.lanes.filter(isAt(other.lanes[lane]!))) {
    if (seqs.length === 0) continue;
    const at = ends.countBelow(place.length);
    if (at < seqs.length) reached = Math.min(reached, seqs.at(at));
    last = Math.max(last, seqs.at(seqs.length - 1));
  }
  if (reached < Infinity) return reached;
  return last < 0 ? null : last;
}

/** Whether lanes hold the same text, in whatever generation: it may have been set anew on the way. */
function isAt({ kind, outputIndex, subIndex, response }: Lane): (lane: Lane) => boolean {
  return (lane) =>
    lane.kind === kind &&
    lane.outputIndex === outputIndex &&
    lane.subIndex === subIndex &&
    lane.response === response;
}

/** The last event that had arrived on the other side after the same time; the first one before that. */
export function seqByTime(index: EventIndex, seq: number, other: EventIndex): number {
  const atUs = index.columns.timeUs[seq] ?? 0;
  return Math.max(0, countUpTo(other.columns.timeUs, other.count, atUs) - 1);
}
