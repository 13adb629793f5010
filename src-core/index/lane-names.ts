import type { Lane, LaneKind } from './batch.ts';
import { laneAddress } from './event-index.ts';

const names: Record<LaneKind, string> = {
  output_text: 'output text',
  refusal: 'refusal',
  reasoning_text: 'reasoning',
  reasoning_summary: 'reasoning summary',
  function_arguments: 'function arguments',
  mcp_arguments: 'MCP arguments',
  custom_input: 'tool input',
  code: 'code',
  shell_command: 'shell command',
  shell_stdout: 'standard output',
  shell_stderr: 'standard error',
  patch: 'patch',
  transcript: 'transcript',
};

/** A lane in words, with its address where there is more than one. */
export function describeLane(lane: Lane, withAddress: boolean): string {
  return withAddress ? `${names[lane.kind]} ${laneAddress(lane)}` : names[lane.kind];
}
