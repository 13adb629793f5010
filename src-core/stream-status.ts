import { type CaptureEnd, type StreamStatus, WHOLE_ANSWER } from './capture.ts';
import type { ProblemTally } from './problem.ts';

/**
 * The one status of a capture, from what its events say and how its transport ended. What the stream
 * says about itself wins once the transport is over: a connection that breaks, or is stopped, after
 * `response.completed` took nothing away.
 *
 * @param stream what the events say: `Indexer.streamStatus`; idle where none is of the Responses
 *   protocol
 * @param end null while recording
 * @param bytes how much of the body has arrived
 */
export function streamStatus(
  stream: StreamStatus,
  end: (Pick<CaptureEnd, 'kind'> & Partial<Pick<CaptureEnd, 'code'>>) | null,
  bytes: number,
): StreamStatus {
  if (end === null) return bytes === 0 ? 'connecting' : 'streaming';
  // An answer that is no event stream says nothing about a response, whatever its bytes look like.
  if (end.kind === 'failed') return 'failed';
  if (stream === 'completed' || stream === 'incomplete' || stream === 'failed') return stream;
  // It came whole, though it may have no bytes (HEAD, 204) or none that speak of a response.
  if (end.code === WHOLE_ANSWER) return 'completed';
  // Of a protocol that is not followed, the regular end of the transport is all there is to know.
  if (stream === 'idle' && end.kind === 'closed' && bytes > 0) return 'completed';
  return end.kind === 'aborted' ? 'aborted' : 'disconnected';
}

/**
 * Whether an answer without events is none of an event stream at all: it has one fault, which its end tells,
 * and its lines have none. One whose first event only lacks its blank line is a stream, and that is told.
 */
export function isNoStream(
  end: Pick<CaptureEnd, 'kind' | 'code'> | null,
  tally: readonly Pick<ProblemTally, 'rule'>[],
): boolean {
  if (end?.kind !== 'failed') return false;
  const found = (wanted: string) => tally.some(({ rule }) => rule === wanted);
  return end.code !== 'no-events' || !found('W7') || found('W3');
}
