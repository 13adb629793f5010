import type { CapturedRequest } from '../../capture.ts';
import type { EditableStream } from './editable-stream.ts';

/** Breaks one rule of a clean recording, and nothing else. */
export interface Mutator {
  /** The rule's id. */
  rule: string;
  /** What it does: "the id changes". */
  does: string;
  /** The events at which it can be done; none where the recording has no such thing. */
  places(stream: EditableStream): number[];
  /** Does it at one of them. Returns the event of the changed stream at which the rule must be reported. */
  apply(stream: EditableStream, at: number): number;
  /** What was asked for, where the rule compares with it. */
  request?: Pick<CapturedRequest, 'url' | 'body'>;
  /** How many findings of the same rule may follow the one that is asked for. Default 0. */
  more?: number;
}
