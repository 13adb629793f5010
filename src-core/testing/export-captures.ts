import type { CaptureMeta } from '../capture.ts';
import type { ExportCapture, ExportPiece } from '../export/export-capture.ts';

/** A capture in memory, cut into chunks of given sizes in turn, a millisecond apart. */
export function exportCapture(
  body: Uint8Array | string,
  meta: Partial<CaptureMeta> = {},
  sizes: readonly number[] = [700],
): ExportCapture {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const pieces: ExportPiece[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length]!);
    // A copy, as what is read from a disk is.
    pieces.push({
      bytes: bytes.slice(at, at + size),
      timeUs: 2000 + turn * 1000,
      continued: false,
    });
    at += size;
  }
  return {
    meta: { ...PLAIN_META, ...meta },
    async *pieces() {
      for (const piece of pieces) yield await Promise.resolve([piece]);
    },
  };
}

export const PLAIN_META: CaptureMeta = {
  version: 1,
  id: '2026-01-02-030405-abcdef',
  name: 'A capture',
  createdAt: '2026-01-02T03:04:05.678Z',
  origin: { kind: 'request', endpoint: 'Built-in' },
  request: {
    method: 'POST',
    url: 'https://api.example.com/v1/responses',
    headers: [
      ['content-type', 'application/json'],
      ['authorization', '•••'],
    ],
    body: '{"model":"gpt-4o-mini","input":"Hi","stream":true}',
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: '1.1',
    headers: [['content-type', 'text/event-stream']],
  },
  timing: { dnsUs: null, connectUs: 400, tlsUs: null, sentUs: 500, firstByteUs: 2000 },
  end: { kind: 'closed', atUs: 90_000, code: null, message: '' },
  timed: true,
  bookmarks: [],
};

/** The chunks of a capture: time and bytes, pieces of one chunk joined. */
export async function chunksOf(capture: ExportCapture): Promise<[timeUs: number, size: number][]> {
  const chunks: [number, number][] = [];
  for await (const pieces of capture.pieces())
    for (const { bytes, timeUs, continued } of pieces)
      if (continued) chunks.at(-1)![1] += bytes.length;
      else chunks.push([timeUs, bytes.length]);
  return chunks;
}

export async function bodyOf(capture: ExportCapture): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const pieces of capture.pieces()) for (const { bytes } of pieces) parts.push(bytes);
  return Uint8Array.from(Buffer.concat(parts));
}

/** What an export writes, as one text. */
export async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece.slice());
  return Buffer.concat(parts).toString('utf8');
}
