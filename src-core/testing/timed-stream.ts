import { EventIndex } from '../index/event-index.ts';
import { Indexer } from '../index/indexer.ts';
import type { JsonObject } from '../json.ts';
import { frameOf } from './streams.ts';

/** A chunk of whole frames: when it came, in milliseconds since the request, and what it held. */
export type TimedChunk = [atMs: number, ...events: JsonObject[]];

/** The index of a stream whose chunks came at given times, and how many bytes it has. */
export function timedStream(
  chunks: readonly TimedChunk[],
  options: { rhythm?: boolean } = {},
): { index: EventIndex; byteCount: number; chunkSizes: number[] } {
  const indexer = new Indexer(options);
  const index = new EventIndex();
  const chunkSizes: number[] = [];
  for (const [atMs, ...events] of chunks) {
    const bytes = new TextEncoder().encode(events.map((event) => frameOf(event)).join(''));
    indexer.push(bytes, atMs * 1000);
    chunkSizes.push(bytes.length);
    index.append(indexer.takeBatch());
  }
  indexer.end();
  index.append(indexer.takeBatch());
  return { index, byteCount: chunkSizes.reduce((sum, size) => sum + size, 0), chunkSizes };
}
