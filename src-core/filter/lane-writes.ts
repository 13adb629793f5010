import type { EventIndex } from '../index/event-index.ts';

/** Whether `test` holds for a lane that the event wrote, with what it wrote: `[from, to)`. */
export function someLaneWrite(
  index: EventIndex,
  seq: number,
  test: (lane: number, from: number, to: number) => boolean,
): boolean {
  const first = index.columns.lane[seq]!;
  if (first < 0 && !index.growsBeside(seq)) return false;
  for (const number of index.lanesWrittenBy(seq, true)) {
    const { seqs, ends } = index.lanes[number]!;
    const row = seqs.countUpTo(seq) - 1;
    // Events that only confirm a text wrote nothing of it.
    if (row < 0 || seqs.at(row) !== seq) continue;
    if (test(number, row === 0 ? 0 : ends.at(row - 1), ends.at(row))) return true;
  }
  return false;
}
