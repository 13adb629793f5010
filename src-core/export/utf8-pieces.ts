import { base64Of } from '../imports/base64.ts';
import { decodeUtf8, isWellFormedUtf8 } from '../text.ts';
import type { ExportPiece } from './export-capture.ts';

/** How many bytes at the end are the beginning of a character that goes on. */
export function openUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** What is known of a body once it was read. */
export interface BodyFacts {
  size: number;
  /** Whether it is well-formed UTF-8, and so has a text that is it. */
  isText: boolean;
  /** Its chunks: when they arrived, and how many bytes each is. */
  chunks: [timeUs: number, size: number][];
}

export async function bodyFacts(pieces: AsyncIterable<readonly ExportPiece[]>): Promise<BodyFacts> {
  const facts: BodyFacts = { size: 0, isText: true, chunks: [] };
  let open: Uint8Array = new Uint8Array(0);
  for await (const some of pieces)
    for (const { bytes, timeUs, continued } of some) {
      facts.size += bytes.length;
      const last = facts.chunks.at(-1);
      if (continued && last) last[1] += bytes.length;
      else facts.chunks.push([timeUs, bytes.length]);
      if (!facts.isText) continue;
      const all = joined(open, bytes);
      const whole = all.length - openUtf8(all);
      facts.isText = isWellFormedUtf8(all.subarray(0, whole));
      open = all.slice(whole);
    }
  facts.isText &&= open.length === 0;
  return facts;
}

/** The text of a body that is UTF-8, in pieces, none of which ends within a character. */
export async function* textPiecesOf(
  pieces: AsyncIterable<readonly ExportPiece[]>,
): AsyncGenerator<string> {
  let open: Uint8Array = new Uint8Array(0);
  for await (const some of pieces)
    for (const { bytes } of some) {
      const all = joined(open, bytes);
      const whole = all.length - openUtf8(all);
      open = all.slice(whole);
      yield decodeUtf8(all.subarray(0, whole));
    }
}

/** A body as base64 (RFC 4648), in pieces to be joined. */
export async function* base64PiecesOf(
  pieces: AsyncIterable<readonly ExportPiece[]>,
): AsyncGenerator<string> {
  let open: Uint8Array = new Uint8Array(0);
  for await (const some of pieces)
    for (const { bytes } of some) {
      const all = joined(open, bytes);
      // Three bytes are four characters; only the last ones are padded.
      const whole = all.length - (all.length % 3);
      open = all.slice(whole);
      yield base64Of(all.subarray(0, whole));
    }
  yield base64Of(open);
}

function joined(open: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (open.length === 0) return bytes;
  const all = new Uint8Array(open.length + bytes.length);
  all.set(open);
  all.set(bytes, open.length);
  return all;
}
