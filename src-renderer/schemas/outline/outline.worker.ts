/** Reads the outline of a large schema off the interface's thread. */
import { outlineOf } from '../../../src-core/outline/outline.ts';
import type { OutlineRow } from '../../../src-core/outline/row.ts';

export interface OutlineRequest {
  number: number;
  text: string;
}
export interface OutlineReply {
  number: number;
  /** Null where the text is no JSON. */
  rows: readonly OutlineRow[] | null;
}

self.onmessage = ({ data: { number, text } }: MessageEvent<OutlineRequest>) => {
  const reply: OutlineReply = { number, rows: outlineOf(text).outline?.rows ?? null };
  self.postMessage(reply);
};
