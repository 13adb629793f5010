import type { LaneKind } from '../index/batch.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';

/**
 * What an event type does to the response, by the reduction of the Responses stream. The list is
 * the 59 documented types of the official SDK 7.57, those seen in recordings, and those of the Open
 * Responses specification and the WebSocket transport.
 */
export type EventRule =
  /** Lifecycle: `response` begins, renews the metadata, or is final. */
  | { op: 'begin' | 'renew' }
  | { op: 'final'; status: 'completed' | 'failed' | 'incomplete' }
  | { op: 'fatal' }
  | { op: 'item-added' | 'item-done' }
  | { op: 'part-added' | 'part-done'; list: 'content' | 'summary' }
  /** `field` of the event is appended to the lane's text, or replaces it. */
  | { op: 'append' | 'replace'; lane: LaneKind; field: string }
  | { op: 'annotation' }
  | { op: 'shell-output' | 'shell-output-done' }
  | { op: 'status'; status: string }
  /** Changes nothing in the response. */
  | { op: 'none' };

const rules = new Map<string, EventRule>();

for (const [name, op] of [
  ['created', 'begin'],
  ['queued', 'renew'],
  ['in_progress', 'renew'],
  ['output_item.added', 'item-added'],
  ['output_item.done', 'item-done'],
  ['output_text.annotation.added', 'annotation'],
  ['shell_call_output_content.delta', 'shell-output'],
  ['shell_call_output_content.done', 'shell-output-done'],
] as const) {
  rules.set(`response.${name}`, { op });
}
for (const status of ['completed', 'failed', 'incomplete'] as const) {
  rules.set(`response.${status}`, { op: 'final', status });
}
rules.set('error', { op: 'fatal' });

for (const [name, list] of [
  ['content_part', 'content'],
  ['reasoning_summary_part', 'summary'],
] as const) {
  rules.set(`response.${name}.added`, { op: 'part-added', list });
  rules.set(`response.${name}.done`, { op: 'part-done', list });
}

for (const [name, lane, field] of [
  ['output_text', 'output_text', 'text'],
  ['refusal', 'refusal', 'refusal'],
  ['function_call_arguments', 'function_arguments', 'arguments'],
  ['custom_tool_call_input', 'custom_input', 'input'],
  ['reasoning_text', 'reasoning_text', 'text'],
  ['reasoning', 'reasoning_text', 'text'], // Open Responses' name
  ['reasoning_summary_text', 'reasoning_summary', 'text'],
  ['mcp_call_arguments', 'mcp_arguments', 'arguments'],
  ['code_interpreter_call_code', 'code', 'code'],
  ['shell_call_command', 'shell_command', 'command'],
  ['apply_patch_call_operation_diff', 'patch', 'diff'], // recorded, not documented
] as const) {
  rules.set(`response.${name}.delta`, { op: 'append', lane, field: 'delta' });
  rules.set(`response.${name}.done`, { op: 'replace', lane, field });
}
rules.set('response.shell_call_command.added', {
  op: 'replace',
  lane: 'shell_command',
  field: 'command',
});
// Audio has no place in the Response object; its transcript is still a text worth reading.
rules.set('response.audio.transcript.delta', { op: 'append', lane: 'transcript', field: 'delta' });

for (const [name, statuses] of [
  ['mcp_call', ['in_progress', 'completed', 'failed']],
  ['web_search_call', ['in_progress', 'searching', 'completed']],
  ['file_search_call', ['in_progress', 'searching', 'completed']],
  ['code_interpreter_call', ['in_progress', 'interpreting', 'completed']],
  ['image_generation_call', ['in_progress', 'generating', 'completed']],
] as const) {
  for (const status of statuses) rules.set(`response.${name}.${status}`, { op: 'status', status });
}

for (const name of [
  'keepalive',
  'response.mcp_list_tools.in_progress',
  'response.mcp_list_tools.completed',
  'response.mcp_list_tools.failed',
  'response.image_generation_call.partial_image',
  'response.compaction.compacting',
  'response.audio.delta',
  'response.audio.done',
  'response.audio.transcript.done',
  'response.steer.accepted',
  'response.steer.pending',
  'response.steer.failed',
  'response.inject.created',
  'response.inject.failed',
]) {
  rules.set(name, { op: 'none' });
}

/** What an answer that was not streamed is listed as: the response itself, which is final. */
export const WHOLE_RESPONSE = 'response';
const WHOLE: EventRule = { op: 'final', status: 'completed' };

/** The rule of an event type, undefined for a type that no source lists. */
export function ruleOf(type: string): EventRule | undefined {
  return rules.get(type) ?? (type === WHOLE_RESPONSE ? WHOLE : undefined);
}

/** Whether an object is a response, and no event about one. */
export function isWholeResponse(event: JsonObject): boolean {
  return event.object === 'response' && Array.isArray(event.output) && event.type === undefined;
}

/** The response in an event of the lifecycle, or that the event is; null where it has none. */
export function responseIn(event: JsonObject): JsonObject | null {
  if (isObject(event.response)) return event.response;
  return isWholeResponse(event) ? event : null;
}

/** How a response ended whose final event this is: a whole one says it itself. */
export function finalStatus(
  { status }: Extract<EventRule, { op: 'final' }>,
  event: JsonObject,
): 'completed' | 'failed' | 'incomplete' {
  if (!isWholeResponse(event)) return status;
  const own = stringOf(event.status);
  return own === 'failed' || own === 'incomplete' ? own : status;
}

/** All listed types. */
export function knownTypes(): string[] {
  return [...rules.keys()];
}

/** What a list of events colours: the kind of thing an event is about. */
export type EventKind =
  | 'lifecycle'
  | 'item'
  | 'part'
  | 'text'
  | 'reasoning'
  | 'arguments'
  | 'tool'
  | 'refusal'
  | 'error'
  | 'other';

const laneKinds: Partial<Record<LaneKind, EventKind>> = {
  output_text: 'text',
  transcript: 'text',
  refusal: 'refusal',
  reasoning_text: 'reasoning',
  reasoning_summary: 'reasoning',
  function_arguments: 'arguments',
  mcp_arguments: 'arguments',
  custom_input: 'arguments',
};

export function kindOf(type: string): EventKind {
  if (type === 'response.failed') return 'error';
  const rule = ruleOf(type);
  switch (rule?.op) {
    case 'begin':
    case 'renew':
    case 'final':
      return 'lifecycle';
    case 'fatal':
      return 'error';
    case 'item-added':
    case 'item-done':
      return 'item';
    case 'part-added':
    case 'part-done':
      return rule.list === 'summary' ? 'reasoning' : 'part';
    case 'append':
    case 'replace':
      return laneKinds[rule.lane] ?? 'tool';
    case 'annotation':
      return 'text';
    case undefined:
      return 'other';
    default:
      return type === 'keepalive' ? 'other' : 'tool';
  }
}
