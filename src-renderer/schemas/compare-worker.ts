/** Compares versions off the interface's thread: thousands of properties take longer than a frame. */
import { type Differences, differencesOf } from './differences.ts';

export interface CompareRequest {
  number: number;
  before: string;
  after: string;
}
export interface CompareReply {
  number: number;
  found: Differences;
}

self.onmessage = ({ data: { number, before, after } }: MessageEvent<CompareRequest>) => {
  const reply: CompareReply = { number, found: differencesOf(before, after) };
  self.postMessage(reply);
};
