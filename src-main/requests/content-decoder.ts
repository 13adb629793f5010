import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  type Zlib,
} from 'node:zlib';

/**
 * The decoder for a `content-encoding`, or null where there is none to undo. A stream that breaks in
 * its middle still gives what it held so far.
 * @returns `'unknown'` for an encoding that can't be undone: the bytes are then kept as they came.
 */
export function contentDecoder(
  encoding: string | undefined,
): (Transform & Zlib) | 'unknown' | null {
  const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  switch ((encoding ?? '').trim().toLowerCase()) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip(flush);
    case 'deflate':
      return createInflate(flush);
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    default:
      return 'unknown';
  }
}
