import type { EventIndex, IndexedLane } from '../index/event-index.ts';

/** What one event wrote of a lane's text: the UTF-16 units `[from, to)`. */
export interface Writing {
  lane: number;
  seq: number;
  from: number;
  to: number;
}

/** Where an event came from. */
export interface EventSource {
  seq: number;
  chunk: number;
  /** Byte range of the frame in the body. */
  start: number;
  end: number;
  /** Arrival in microseconds since the request. */
  timeUs: number;
}

/** What is known of a range of a lane's text. */
export interface RangeFacts {
  lane: number;
  from: number;
  to: number;
  /** The events that wrote its first and its last unit. */
  first: EventSource;
  last: EventSource;
  /** How many events wrote some of it. */
  events: number;
}

export function sourceOf(index: EventIndex, seq: number): EventSource {
  const { chunk, start, end, timeUs } = index.columns;
  return {
    seq,
    chunk: chunk[seq]!,
    start: start[seq]!,
    end: end[seq]!,
    timeUs: timeUs[seq]!,
  };
}

/** The event that wrote the unit at `offset`; null where the text has none. O(log n). */
export function writingAt(index: EventIndex, lane: number, offset: number): Writing | null {
  const written = index.lanes[lane];
  if (!written || offset < 0 || offset >= lengthOf(written)) return null;
  return writing(written, lane, written.ends.countUpTo(offset));
}

/** What an event wrote of a lane; null where it wrote nothing new. O(log n). */
export function writingBy(index: EventIndex, lane: number, seq: number): Writing | null {
  const written = index.lanes[lane];
  if (!written) return null;
  const to = written.seqs.countUpTo(seq);
  const first = written.seqs.countUpTo(seq - 1);
  if (to === first) return null;
  // An event may set a text more than once: what it wrote is one range all the same.
  return { ...writing(written, lane, first), to: written.ends.at(to - 1) };
}

/** All lanes that an event wrote to, and what. */
export function writingsBy(index: EventIndex, seq: number): Writing[] {
  const found: Writing[] = [];
  for (const lane of index.lanesWrittenBy(seq, true)) {
    const one = writingBy(index, lane, seq);
    if (one) found.push(one);
  }
  return found;
}

/** The events that wrote `[from, to)`, each with what it wrote of it, in order. Made as it is read. */
export function* writingsIn(
  index: EventIndex,
  lane: number,
  from: number,
  to: number,
): Generator<Writing> {
  const written = index.lanes[lane];
  if (!written || from >= to) return;
  const { ends } = written;
  for (let at = ends.countUpTo(Math.max(0, from)); at < ends.length; at++) {
    const one = writing(written, lane, at);
    if (one.from >= to) return;
    yield { ...one, from: Math.max(from, one.from), to: Math.min(to, one.to) };
  }
}

/** Who wrote a range and when; null for an empty one. O(log n). */
export function factsOfRange(
  index: EventIndex,
  lane: number,
  from: number,
  to: number,
): RangeFacts | null {
  const written = index.lanes[lane];
  if (!written) return null;
  const start = Math.max(0, from);
  const end = Math.min(to, lengthOf(written));
  if (start >= end) return null;
  const first = written.ends.countUpTo(start);
  const last = written.ends.countUpTo(end - 1);
  return {
    lane,
    from: start,
    to: end,
    first: sourceOf(index, written.seqs.at(first)),
    last: sourceOf(index, written.seqs.at(last)),
    events: last - first + 1,
  };
}

/** The range of a lane's text that events `[firstSeq, lastSeq]` wrote; null where they wrote none. */
export function rangeOfEvents(
  index: EventIndex,
  lane: number,
  firstSeq: number,
  lastSeq: number,
): { from: number; to: number } | null {
  const written = index.lanes[lane];
  if (!written) return null;
  const first = written.seqs.countUpTo(firstSeq - 1);
  const last = written.seqs.countUpTo(lastSeq);
  if (last <= first) return null;
  return { from: first === 0 ? 0 : written.ends.at(first - 1), to: written.ends.at(last - 1) };
}

function lengthOf({ ends }: IndexedLane): number {
  return ends.length === 0 ? 0 : ends.at(ends.length - 1);
}

function writing({ seqs, ends }: IndexedLane, lane: number, at: number): Writing {
  return { lane, seq: seqs.at(at), from: at === 0 ? 0 : ends.at(at - 1), to: ends.at(at) };
}
