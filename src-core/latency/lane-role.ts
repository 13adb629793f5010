import type { LaneKind } from '../index/batch.ts';

/**
 * Who a lane's text is for: `text` is what the model answers with (text, refusal, arguments and input
 * of tools, code, patches), `reasoning` how it got there, `tool` what a tool printed.
 */
export type LaneRole = 'text' | 'reasoning' | 'tool';

export function roleOf(kind: LaneKind): LaneRole {
  if (kind === 'reasoning_text' || kind === 'reasoning_summary') return 'reasoning';
  return kind === 'shell_stdout' || kind === 'shell_stderr' ? 'tool' : 'text';
}
