import type { Portion } from '../replay/reply.ts';

/** A range of bytes in a body. */
export interface Span {
  start: number;
  end: number;
}

/** Other bytes in the place of a range. */
export interface Edit extends Span {
  bytes: Uint8Array;
}

/**
 * Where things are after edits that ascend and do not overlap.
 * @param length of the body before them
 */
export function movedBy(edits: readonly Edit[], length: number) {
  const written: Span[] = [];
  let grown = 0;
  for (const { start, end, bytes } of edits) {
    written.push({ start: start + grown, end: start + grown + bytes.length });
    grown += bytes.length - (end - start);
  }
  /** How many edits are over at an offset. */
  const before = (offset: number): number => {
    let low = 0;
    let high = edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edits[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const at = (offset: number): number => {
    const over = before(offset);
    const next = edits[over];
    // What was within a range that is another one now is at its start.
    if (next && next.start < offset) return written[over]!.start;
    return over === 0 ? offset : offset + written[over - 1]!.end - edits[over - 1]!.end;
  };
  return {
    /** Where the bytes of each edit are. */
    written,
    /**
     * What is inserted at the start of a span comes before it, and what is at its end after it. Null where all
     * of it was taken away, or with everything to the end.
     */
    span({ start, end }: Span): Span | null {
      const around = edits[before(start)];
      const isTaken = around && (around.bytes.length === 0 || around.end === length);
      const isWithin = around && around.start <= start && around.end >= end;
      if (isTaken && isWithin && (end > start || around.start < start)) return null;
      const from = at(start);
      if (start === end) return { start: from, end: from };
      const last = at(end - 1);
      const next = edits[before(end - 1)];
      const isGone = next && next.start <= end - 1;
      return { start: from, end: Math.max(from, isGone ? last : last + 1) };
    },
  };
}

/**
 * Portions with edits made in them. Those that no edit is about are the same objects, and one that lost all
 * its bytes is left out.
 */
export function withEdits(portions: readonly Portion[], edits: readonly Edit[]): Portion[] {
  const result: Portion[] = [];
  let next = 0;
  let start = 0;
  /** Up to where bytes were taken away. */
  let gone = 0;
  for (const [index, portion] of portions.entries()) {
    const { bytes, atUs } = portion;
    const end = start + bytes.length;
    const isLast = index === portions.length - 1;
    const isIn = (at: number) => at < end || (isLast && at <= end);
    const pieces: Uint8Array[] = [];
    let from = Math.max(start, Math.min(gone, end));
    let isChanged = from > start;
    for (let edit = edits[next]; edit && isIn(edit.start); edit = edits[++next]) {
      pieces.push(bytes.subarray(from - start, edit.start - start), edit.bytes);
      gone = edit.end;
      from = Math.min(end, edit.end);
      isChanged = true;
    }
    start = end;
    if (!isChanged) {
      result.push(portion);
      continue;
    }
    pieces.push(bytes.subarray(from - end + bytes.length));
    const whole = joined(pieces);
    if (whole.length > 0) result.push({ bytes: whole, atUs });
  }
  if (portions.length === 0) {
    const whole = joined(edits.map(({ bytes }) => bytes));
    if (whole.length > 0) result.push({ bytes: whole, atUs: 0 });
  }
  return result;
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
