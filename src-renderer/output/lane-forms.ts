import { functionName } from '../../src-core/dialects/function-name.ts';
import type { LaneKind } from '../../src-core/index/batch.ts';
import { isObject, type JsonObject, stringOf } from '../../src-core/json.ts';
import type { Lane } from '../../src-core/index/batch.ts';
import { describeLane } from '../../src-core/index/lane-names.ts';

/** How a text that is no JSON is drawn. `lines` are numbered, and may have colours of their own. */
export type LaneForm = 'text' | 'quiet' | 'refusal' | 'code' | 'command' | 'terminal' | 'patch';

const FORMS: Partial<Record<LaneKind, LaneForm>> = {
  reasoning_text: 'quiet',
  reasoning_summary: 'quiet',
  refusal: 'refusal',
  code: 'code',
  shell_command: 'command',
  shell_stdout: 'terminal',
  shell_stderr: 'terminal',
  patch: 'patch',
};

export function formOf(kind: LaneKind): LaneForm {
  return FORMS[kind] ?? 'text';
}

/** Forms that are drawn line by line. */
export function hasLines(form: LaneForm): boolean {
  return form === 'code' || form === 'patch';
}

/** A lane in words: what it is, whose it is as far as its item says, and where. */
export function titleOf(lane: Lane, item: JsonObject | null): string {
  const name = describeLane(lane, true);
  const own = item ? nameOf(lane.kind, item) : '';
  return own ? `${own} · ${name}` : name;
}

function nameOf(kind: LaneKind, item: JsonObject): string {
  switch (kind) {
    case 'mcp_arguments':
      return [stringOf(item.server_label), stringOf(item.name)].filter(Boolean).join('.');
    case 'function_arguments':
    case 'custom_input':
      return functionName(item);
    // The tool runs nothing but Python.
    case 'code':
      return 'Python';
    case 'patch': {
      const operation = isObject(item.operation) ? item.operation : {};
      return [stringOf(operation.type).replaceAll('_', ' '), stringOf(operation.path)]
        .filter(Boolean)
        .join(' ');
    }
    default:
      return '';
  }
}

/** What the first character of a line of a patch says of it. */
export function patchLine(line: string): 'added' | 'removed' | 'place' | '' {
  if (/^(\+\+\+|---|@@|\*\*\*|diff )/.test(line)) return 'place';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : '';
}
