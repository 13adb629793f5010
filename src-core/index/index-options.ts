import type { CaptureMeta } from '../capture.ts';
import { requestFacts } from '../conformance/request-facts.ts';
import { serverOf } from '../conformance/traits.ts';
import { framingOfResponse } from '../framing/content-type.ts';
import { asksForStream } from '../stream-asked.ts';
import type { IndexerOptions } from './indexer.ts';

/** What is known of a capture before its first byte is read. */
export type KnownOfCapture = Pick<CaptureMeta, 'timed'> &
  Partial<Pick<CaptureMeta, 'request' | 'response' | 'dialect' | 'end'>>;

/** How a capture is read: all who read one ask this, so that all find the same events. */
export function indexOptions(known: KnownOfCapture): IndexerOptions {
  const { timed, request = null, response = null, dialect } = known;
  const framing = framingOfResponse(response);
  const whole = framing === undefined && asksForStream(request) === false;
  return {
    rhythm: !timed,
    request: requestFacts(request),
    server: serverOf({ request, response }),
    ...(framing && { framing }),
    ...(whole && { whole }),
    ...(dialect && { dialect }),
  };
}
