import type { EventIndex } from '../../src-core/index/event-index.ts';
import type { Writing } from '../../src-core/provenance/writings.ts';

/** A caret that goes from piece to piece of the lanes that show, each piece what one event wrote. */
export interface PieceCaret {
  lane: number;
  /** Which of the events that wrote the lane. */
  at: number;
}

/** Where the caret starts: at what was written last, up to the current event. */
export function caretAt(
  index: EventIndex,
  lanes: readonly number[],
  seq: number,
): PieceCaret | null {
  let newest: PieceCaret | null = null;
  let newestSeq = -1;
  for (const lane of lanes) {
    const { seqs } = index.lanes[lane]!;
    const at = seqs.countUpTo(seq) - 1;
    if (at < 0 || seqs.at(at) < newestSeq) continue;
    newestSeq = seqs.at(at);
    newest = { lane, at };
  }
  return newest;
}

/** The piece beside one; over the end of a lane to the lane beside it. The same at either end. */
export function stepCaret(
  index: EventIndex,
  lanes: readonly number[],
  { lane, at }: PieceCaret,
  by: 1 | -1,
): PieceCaret {
  const countOf = (number: number) => index.lanes[number]!.seqs.length;
  const next = at + by;
  if (next >= 0 && next < countOf(lane)) return { lane, at: next };
  for (let row = lanes.indexOf(lane) + by; row >= 0 && row < lanes.length; row += by) {
    const other = lanes[row]!;
    if (countOf(other) > 0) return { lane: other, at: by > 0 ? 0 : countOf(other) - 1 };
  }
  return { lane, at };
}

export function pieceUnder(index: EventIndex, { lane, at }: PieceCaret): Writing {
  const { seqs, ends } = index.lanes[lane]!;
  return { lane, seq: seqs.at(at), from: at === 0 ? 0 : ends.at(at - 1), to: ends.at(at) };
}
