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
  const item: JsonObject = { type: ITEM_OF_LANE[kind] };
  if (typeof itemId === 'string') item.id = itemId;
  return item;
}

/** The type of the items in which a lane's text stands. */
export const ITEM_OF_LANE: Readonly<Record<LaneKind, string>> = {
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

/** The texts that an element of one of an item's lists holds. */
export function leavesOfElement(
  list: 'content' | 'summary' | 'output',
  element: JsonValue | undefined,
  subIndex: number,
): Leaf[] {
  if (!isObject(element)) return [];
  const leaves: Leaf[] = [];
  const take = (kind: LaneKind, text: JsonValue | undefined) => {
    if (typeof text === 'string') leaves.push({ kind, subIndex, text });
  };
  if (list === 'output') {
    take('shell_stdout', element.stdout);
    take('shell_stderr', element.stderr);
  } else if (list === 'summary') take('reasoning_summary', element.text);
  else if (element.type === 'refusal') take('refusal', element.refusal);
  else if (element.type === 'output_text' || element.type === 'reasoning_text') {
    take(element.type, element.text);
  }
  return leaves;
}

/** All texts of an item that a lane could have written. */
export function leavesOfItem(item: JsonValue | undefined): Leaf[] {
  if (!isObject(item)) return [];
  const leaves: Leaf[] = [];
  const elements = (list: 'content' | 'summary' | 'output') => {
    const value = item[list];
    if (!Array.isArray(value)) return;
    value.forEach((element, index) => leaves.push(...leavesOfElement(list, element, index)));
  };
  const take = (kind: LaneKind, text: JsonValue | undefined, subIndex = -1) => {
    if (typeof text === 'string') leaves.push({ kind, subIndex, text });
  };
  elements('content');
  elements('summary');
  switch (stringOf(item.type)) {
    case 'function_call':
      take('function_arguments', item.arguments);
      break;
    case 'mcp_call':
      take('mcp_arguments', item.arguments);
      break;
    case 'custom_tool_call':
      take('custom_input', item.input);
      break;
    case 'code_interpreter_call':
      take('code', item.code);
      break;
    case 'apply_patch_call':
      if (isObject(item.operation)) take('patch', item.operation.diff);
      break;
    case 'shell_call':
      if (isObject(item.action) && Array.isArray(item.action.commands))
        item.action.commands.forEach((text, subIndex) => take('shell_command', text, subIndex));
      break;
    case 'shell_call_output':
      elements('output');
      break;
  }
  return leaves;
}
