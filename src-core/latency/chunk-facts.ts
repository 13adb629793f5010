import { countUpTo } from '../index/columns.ts';
import type { EventIndex } from '../index/event-index.ts';
import type { DeltaLog } from './delta-log.ts';
import { type Ranked, type Spread, spreadSteps } from './spread.ts';

/** A number with an event to look at for it. */
export interface Marked {
  value: number;
  seq: number;
}

export interface MarkedSpread {
  count: number;
  p50: Marked;
  p95: Marked;
  p99: Marked;
  max: Marked;
}

type MarkedSteps = Generator<undefined, MarkedSpread | null>;

/** Bytes of each chunk; the event is the first that ended in the chunk or after it. */
export function* chunkBytes(index: EventIndex, byteCount: number): MarkedSteps {
  const count = index.chunkCount;
  const { start } = index.chunks;
  const bytes = new Uint32Array(count);
  for (let chunk = 0; chunk < count; chunk++)
    bytes[chunk] = (chunk + 1 < count ? start[chunk + 1]! : byteCount) - start[chunk]!;
  yield;
  return marked(yield* spreadSteps(bytes), (chunk) =>
    Math.min(countUpTo(index.columns.chunk, index.count, chunk - 1), Math.max(0, index.count - 1)),
  );
}

/** Events that each chunk ended, of the chunks that ended any; the event is the first of them. */
export function* chunkEvents(log: DeltaLog): MarkedSteps {
  return marked(yield* spreadSteps(log.chunkEvents.values()), (row) => log.chunkFirsts.at(row));
}

/** Bytes of each event's frame. */
export function* eventBytes(index: EventIndex, count: number): MarkedSteps {
  const { start, end } = index.columns;
  const bytes = new Uint32Array(count);
  for (let seq = 0; seq < count; seq++) bytes[seq] = end[seq]! - start[seq]!;
  yield;
  return marked(yield* spreadSteps(bytes), (seq) => seq);
}

function marked(spread: Spread | null, seqOf: (row: number) => number): MarkedSpread | null {
  if (!spread) return null;
  const mark = ({ value, row }: Ranked): Marked => ({ value, seq: seqOf(row) });
  const { count, p50, p95, p99, max } = spread;
  return { count, p50: mark(p50), p95: mark(p95), p99: mark(p99), max: mark(max) };
}

/** Fewer deltas than this say nothing about how they are sent. */
const FEW = 20;

/**
 * What the chunks say about buffering: a sentence where at least half of the deltas came in one chunk
 * with the delta before, with how many did; null where they mostly came one by one.
 *
 * @param most the most events that one chunk ended
 */
export function bufferingOf(log: DeltaLog, most: number): string | null {
  const deltas = log.seqs.length;
  const joined = log.deltas.count - log.betweenChunks.count;
  if (deltas < FEW || joined * 2 < deltas) return null;
  return (
    `${joined.toLocaleString('en')} of ${deltas.toLocaleString('en')} deltas came in one chunk with ` +
    `the delta before; at most ${most.toLocaleString('en')} events came in a chunk. The server, a ` +
    'proxy or the network passes them on in groups, so the gaps between chunks say how they ' +
    'arrive, not how fast they are made.'
  );
}
