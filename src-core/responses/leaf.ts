import { isObject, type JsonObject, type JsonValue, stringOf } from '../json.ts';
import type { LaneKind } from '../index/batch.ts';

/** Where a lane's text stands in an item: `[list, index, field]`, or the fields of the item. */
export function leafPath(kind: LaneKind, subIndex: number): (string | number)[] {
  switch (kind) {
    case 'output_text':
    case 'reasoning_text':
      return ['content', subIndex, 'text'];
    case 'refusal':
      return ['content', subIndex, 'refusal'];
    case 'reasoning_summary':
      return ['summary', subIndex, 'text'];
    case 'function_arguments':
    case 'mcp_arguments':
      return ['arguments'];
    case 'custom_input':
      return ['input'];
    case 'code':
      return ['code'];
    case 'shell_command':
      return ['action', 'commands', subIndex];
    case 'shell_stdout':
      return ['output', subIndex, 'stdout'];
    case 'shell_stderr':
      return ['output', subIndex, 'stderr'];
    case 'patch':
      return ['operation', 'diff'];
    case 'transcript':
      return [];
  }
}

/** The event field that holds a lane's sub-index, null for what an item has once. */
export function subIndexField(kind: LaneKind): string | null {
  switch (kind) {
    case 'output_text':
    case 'reasoning_text':
    case 'refusal':
      return 'content_index';
    case 'reasoning_summary':
      return 'summary_index';
    case 'shell_command':
    case 'shell_stdout':
    case 'shell_stderr':
      return 'command_index';
    default:
      return null;
  }
}

/** The item that a delta implies where none was announced (a stream joined in its middle). */
export function impliedItem(kind: LaneKind, itemId: JsonValue | undefined): JsonObject {
  const item: JsonObject = { type: itemType[kind] };
  if (typeof itemId === 'string') item.id = itemId;
  return item;
}

const itemType: Record<LaneKind, string> = {
  output_text: 'message',
  refusal: 'message',
  reasoning_text: 'reasoning',
  reasoning_summary: 'reasoning',
  function_arguments: 'function_call',
  mcp_arguments: 'mcp_call',
  custom_input: 'custom_tool_call',
  code: 'code_interpreter_call',
  shell_command: 'shell_call',
  shell_stdout: 'shell_call_output',
  shell_stderr: 'shell_call_output',
  patch: 'apply_patch_call',
  transcript: 'message',
};

/** The part that a delta implies where none was announced. */
export function impliedPart(kind: LaneKind): JsonObject {
  switch (kind) {
    case 'output_text':
    case 'refusal':
    case 'reasoning_text':
      return { type: kind };
    case 'reasoning_summary':
      return { type: 'summary_text' };
    default:
      return {};
  }
}

export interface Leaf {
  kind: LaneKind;
  subIndex: number;
  text: string;
}

/** The texts that a part of a message or reasoning item holds. */
export function leavesOfPart(part: JsonValue | undefined, subIndex: number): Leaf[] {
  if (!isObject(part)) return [];
  if (part.type === 'output_text' && typeof part.text === 'string')
    return [{ kind: 'output_text', subIndex, text: part.text }];
  if (part.type === 'refusal' && typeof part.refusal === 'string')
    return [{ kind: 'refusal', subIndex, text: part.refusal }];
  if (part.type === 'reasoning_text' && typeof part.text === 'string')
    return [{ kind: 'reasoning_text', subIndex, text: part.text }];
  if (part.type === 'summary_text' && typeof part.text === 'string')
    return [{ kind: 'reasoning_summary', subIndex, text: part.text }];
  return [];
}

/** All texts of an item that a lane could have written. */
export function leavesOfItem(item: JsonValue | undefined): Leaf[] {
  if (!isObject(item)) return [];
  const leaves: Leaf[] = [];
  const list = (value: JsonValue | undefined) => (Array.isArray(value) ? value : []);
  const once = (kind: LaneKind, text: JsonValue | undefined) => {
    if (typeof text === 'string') leaves.push({ kind, subIndex: -1, text });
  };
  for (const field of ['content', 'summary'] as const) {
    list(item[field]).forEach((part, index) => leaves.push(...leavesOfPart(part, index)));
  }
  switch (stringOf(item.type)) {
    case 'function_call':
      once('function_arguments', item.arguments);
      break;
    case 'mcp_call':
      once('mcp_arguments', item.arguments);
      break;
    case 'custom_tool_call':
      once('custom_input', item.input);
      break;
    case 'code_interpreter_call':
      once('code', item.code);
      break;
    case 'apply_patch_call':
      if (isObject(item.operation)) once('patch', item.operation.diff);
      break;
    case 'shell_call':
      if (isObject(item.action)) {
        list(item.action.commands).forEach((text, subIndex) => {
          if (typeof text === 'string') leaves.push({ kind: 'shell_command', subIndex, text });
        });
      }
      break;
    case 'shell_call_output':
      list(item.output).forEach((output, subIndex) => {
        if (!isObject(output)) return;
        for (const [kind, text] of [
          ['shell_stdout', output.stdout],
          ['shell_stderr', output.stderr],
        ] as const) {
          if (typeof text === 'string') leaves.push({ kind, subIndex, text });
        }
      });
      break;
  }
  return leaves;
}
