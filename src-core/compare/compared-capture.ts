import type { CaptureMeta, StreamStatus } from '../capture.ts';
import type { JsonObject } from '../json.ts';
import type { ProblemTally } from '../problem.ts';
import type { ComparedStream } from './event-keys.ts';

/** One side of a comparison, as whoever has read it gives it. */
export interface ComparedCapture extends ComparedStream {
  readonly name: string;
  readonly byteCount: number;
  /** What is known of request and response; null where the bytes came by themselves. */
  readonly meta: Pick<CaptureMeta, 'timing' | 'end' | 'request' | 'response'> | null;
  /** Whether arrival times were recorded. */
  readonly timed: boolean;
  readonly status: StreamStatus;
  /** As they are judged: known deviations of the server are notes. */
  readonly problems: readonly ProblemTally[];
  /** What is said of the output by its schema, '' where nothing is. */
  readonly verdict: string;
  /** The object that the stream amounts to after an event. */
  snapshotAt(seq: number): JsonObject | null;
}
