/** Lints off the interface's thread: a schema of thousands of properties takes longer than a frame. */
import type { LintOptions } from '../../src-core/strict-schema/finding.ts';
import { type LintReport, lintSchema } from '../../src-core/strict-schema/lint.ts';

export interface LintRequest {
  number: number;
  text: string;
  options: LintOptions;
}
export interface LintReply {
  number: number;
  report: LintReport;
}

self.onmessage = ({ data: { number, text, options } }: MessageEvent<LintRequest>) => {
  const reply: LintReply = { number, report: lintSchema(text, options) };
  self.postMessage(reply);
};
