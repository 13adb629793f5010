import { readFileSync } from 'node:fs';
import type { CapturePaths } from '../captures/capture-folder.ts';
import { type ChunkRecord, ChunkTableReader } from '../captures/chunk-table.ts';

/**
 * The body of a capture with its chunks, to be served again; null for chunks where none were recorded,
 * or the table does not add up to the body. @throws system errors of reading
 */
export function readBody(
  paths: CapturePaths,
  timed: boolean,
): { body: Buffer; chunks: ChunkRecord[] | null } {
  const body = readFileSync(paths.body);
  if (!timed) return { body, chunks: null };
  const table = new ChunkTableReader(paths.chunks);
  const chunks: ChunkRecord[] = [];
  try {
    for (let more = table.read(); more.length > 0; more = table.read()) chunks.push(...more);
  } finally {
    table.close();
  }
  const total = chunks.reduce((sum, { size }) => sum + size, 0);
  return { body, chunks: total === body.byteLength && total > 0 ? chunks : null };
}
