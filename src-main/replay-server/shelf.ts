import type { CapturedRequest } from '../../src-core/capture.ts';
import type { DialectId } from '../../src-core/dialects/dialect.ts';
import type { Choosable } from '../../src-core/replay/choice.ts';
import { bodyFacts } from '../../src-core/replay/body-facts.ts';
import type { AnswerOf } from '../../src-core/replay/match.ts';
import type { Recorded } from '../../src-core/replay/recorded.ts';
import { RequestFacts } from '../../src-core/replay/request-facts.ts';

/** A recording that a replay server has, to be read when it is served. */
export interface Shelved extends Choosable {
  name: string;
  /** Another one means that it has other bytes than before. */
  version?: string;
  /** What a person reads it as; left out: what its events say. */
  dialect?: DialectId;
  /** @throws what keeps it from being read, as a sentence */
  read(): Promise<Recorded>;
}

/** What a replay server serves. */
export interface Shelf {
  /** In the order in which they are chosen. */
  list(): Promise<{ recordings: readonly Shelved[]; faults: readonly string[] }>;
  /** What was recorded on a miss is served from then on. */
  add(capture: string): Promise<void>;
  /** Removes what it keeps outside of what it serves. */
  close(): Promise<void>;
}

/** What a recording is an answer of. @param head the beginning of the body, asked for without a request */
export function answerOf(request: CapturedRequest | null, head: Uint8Array): AnswerOf {
  return request
    ? { kind: 'request', facts: new RequestFacts(request) }
    : { kind: 'stream', ...bodyFacts(head) };
}
