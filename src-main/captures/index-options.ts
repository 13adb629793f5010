import type { CaptureMeta } from '../../src-core/capture.ts';
import { framingOfResponse } from '../../src-core/framing/content-type.ts';
import type { IndexerOptions } from '../../src-core/index/indexer.ts';

/** What is known of a capture before its first byte is read. */
export type KnownOfCapture = Pick<CaptureMeta, 'timed'> & Partial<Pick<CaptureMeta, 'response'>>;

/** How a capture is read: all who read one ask this, so that all find the same events. */
export function indexOptions({ timed, response = null }: KnownOfCapture): IndexerOptions {
  const framing = framingOfResponse(response);
  return { rhythm: !timed, ...(framing && { framing }) };
}
