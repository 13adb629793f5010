import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
} from 'node:zlib';

/** What such a beginning decodes to at most: nobody damages more in one write. */
const MOST_DECODED = 64 * 1024 * 1024;

const UNDO: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, options(constants.Z_SYNC_FLUSH)),
  'x-gzip': (bytes) => gunzipSync(bytes, options(constants.Z_SYNC_FLUSH)),
  deflate: (bytes) =>
    (((bytes[0] ?? 8) & 0x0f) === 8 ? inflateSync : inflateRawSync)(
      bytes,
      options(constants.Z_SYNC_FLUSH),
    ),
  br: (bytes) => brotliDecompressSync(bytes, options(constants.BROTLI_OPERATION_FLUSH)),
};

/**
 * The longest beginning of compressed bytes that is sound: Node's decoders drop all that a write gave once
 * something in it breaks.
 * @param sound so many bytes are known to be
 * @returns how long it is and what comes out of it; null where not even the sound part can be decoded again
 */
export function decodedPrefix(
  coding: string,
  bytes: Buffer,
  sound: number,
): { length: number; out: Buffer } | null {
  const undo = UNDO[coding];
  const decoded = (length: number) => {
    try {
      return undo?.(bytes.subarray(0, length)) ?? null;
    } catch {
      return null;
    }
  };
  let best = sound === 0 ? Buffer.alloc(0) : decoded(sound);
  if (!best) return null;
  let low = sound;
  let high = bytes.length;
  // `low` is sound, `high` is not.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const out = decoded(middle);
    if (out) [best, low] = [out, middle];
    else high = middle;
  }
  return { length: low, out: best };
}

function options(finishFlush: number): ZlibOptions {
  return { finishFlush, maxOutputLength: MOST_DECODED };
}
