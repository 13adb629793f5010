import { readFileSync } from 'node:fs';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import type { LaneKind } from '../index/batch.ts';
import { impliedItem, impliedPart } from '../responses/leaf.ts';
import { indexOf, Router } from '../responses/router.ts';

/** The protocol's list of event types, with what each does (`op`) and to what (`target`). */
export interface ListedEvent {
  type: string;
  op: string;
  target: string;
  terminal: boolean;
}
export const listedEvents = JSON.parse(
  readFileSync(new URL('./events.json', import.meta.url), 'utf8'),
) as ListedEvent[];

/** The status that a tool event sets, by its type. */
const statuses = new Map(
  listedEvents
    .filter(({ op }) => op.startsWith('set status = '))
    .map(({ type, op }) => [type, op.slice('set status = '.length)]),
);

/** Texts written by `response.<name>.delta` and `.done`: their kind, and the field of `.done`. */
const texts: Record<string, [kind: LaneKind, field: string]> = {
  output_text: ['output_text', 'text'],
  refusal: ['refusal', 'refusal'],
  function_call_arguments: ['function_arguments', 'arguments'],
  custom_tool_call_input: ['custom_input', 'input'],
  reasoning_text: ['reasoning_text', 'text'],
  reasoning: ['reasoning_text', 'text'],
  reasoning_summary_text: ['reasoning_summary', 'text'],
  mcp_call_arguments: ['mcp_arguments', 'arguments'],
  code_interpreter_call_code: ['code', 'code'],
  shell_call_command: ['shell_command', 'command'],
  apply_patch_call_operation_diff: ['patch', 'diff'],
};

type Holder = Record<string | number, JsonValue | undefined>;

/**
 * The protocol's reduction (section 1.3), as plainly as it reads: one mutable object, changed by each
 * event, values cloned. It is the measure for `Snapshots`, so it shares nothing with it but the
 * answers to what the protocol leaves open: which item an event without `output_index` means
 * (`Router`), and what stands at a place that nothing announced (`impliedItem`, `impliedPart`).
 * Wrong types count as absent; a sub-index that is none counts as 0.
 */
export class PlainFold {
  response: JsonObject | null = null;
  #router = new Router();
  #done = new Set<number>();

  apply(type: string, event: JsonObject): void {
    const status = statuses.get(type);
    if (status !== undefined) {
      const output = this.response?.output;
      const item = Array.isArray(output) ? output[this.#router.of(event)] : undefined;
      if (isObject(item)) item.status = status;
      return;
    }
    const [, name, phase] = /^response\.(\w+)\.(delta|done)$/.exec(type) ?? [];
    const text = name === undefined ? undefined : texts[name];
    if (text && phase === 'delta') this.#delta(text[0], event);
    else if (text) this.#replace(text[0], event[text[1]], event);
    else this.#structure(type, event);
  }

  #structure(type: string, event: JsonObject): void {
    switch (type) {
      case 'response.created':
        this.#router.reset();
        this.#done.clear();
        this.response = isObject(event.response) ? this.#announced(event.response) : null;
        return;
      case 'response.queued':
      case 'response.in_progress': {
        if (!isObject(event.response)) return;
        const accumulated = this.response?.output;
        this.response = structuredClone(event.response);
        if (Array.isArray(accumulated)) this.response.output = accumulated;
        return;
      }
      case 'response.completed':
      case 'response.failed':
      case 'response.incomplete':
        this.#terminal(type, event);
        return;
      case 'response.output_item.added':
      case 'response.output_item.done': {
        if (!isObject(event.item)) return;
        const isDone = type.endsWith('.done');
        const index = this.#router.ofItem(event, isDone);
        if (isDone) this.#done.add(index);
        put(this.#output(), index, structuredClone(event.item));
        return;
      }
      case 'response.content_part.added':
      case 'response.content_part.done':
        this.#part('content', event.content_index, event);
        return;
      case 'response.reasoning_summary_part.added':
      case 'response.reasoning_summary_part.done':
        this.#part('summary', event.summary_index, event);
        return;
      case 'response.output_text.annotation.added': {
        const annotations = listIn(this.#partFor('output_text', event), 'annotations');
        const at = indexOf(event.annotation_index);
        put(
          annotations,
          at < 0 ? annotations.length : at,
          structuredClone(event.annotation ?? null),
        );
        return;
      }
      case 'response.shell_call_command.added':
        this.#replace('shell_command', event.command, event);
        return;
      case 'response.shell_call_output_content.delta': {
        if (!isObject(event.delta)) return;
        const { stdout, stderr } = event.delta;
        if (typeof stdout === 'string') this.#append('shell_stdout', stdout, event);
        if (typeof stderr === 'string') this.#append('shell_stderr', stderr, event);
        return;
      }
      case 'response.shell_call_output_content.done': {
        const output = Array.isArray(event.output) ? event.output[0] : undefined;
        if (!isObject(output)) return;
        const outputs = listIn(this.#itemFor('shell_stdout', event), 'output');
        put(outputs, subIndex(event.command_index), structuredClone(output));
        return;
      }
    }
  }

  #terminal(type: string, event: JsonObject): void {
    if (!isObject(event.response)) return;
    const output = this.response?.output;
    if (event.response.output !== undefined && event.response.output !== null) {
      this.response = this.#announced(event.response);
      return;
    }
    const partial = type !== 'response.completed';
    const items = (Array.isArray(output) ? output : []).filter(
      (item, index) => item !== null && (partial || this.#done.has(index)),
    );
    this.response = { ...structuredClone(event.response), output: items };
  }

  /** A response that comes with items announces them. */
  #announced(response: JsonObject): JsonObject {
    if (Array.isArray(response.output)) {
      response.output.forEach((item, index) => {
        if (isObject(item)) this.#router.ofItem({ output_index: index, item }, false);
      });
    }
    return structuredClone(response);
  }

  #delta(kind: LaneKind, event: JsonObject): void {
    this.#append(kind, typeof event.delta === 'string' ? event.delta : '', event);
    if (kind !== 'output_text' || !Array.isArray(event.logprobs)) return;
    const part = this.#partFor(kind, event);
    for (const logprob of event.logprobs) listIn(part, 'logprobs').push(structuredClone(logprob));
  }

  #append(kind: LaneKind, delta: string, event: JsonObject): void {
    const [holder, key] = this.#place(kind, event);
    const before = holder[key];
    holder[key] = (typeof before === 'string' ? before : '') + delta;
  }

  #replace(kind: LaneKind, value: JsonValue | undefined, event: JsonObject): void {
    if (typeof value !== 'string') return;
    const [holder, key] = this.#place(kind, event);
    holder[key] = value;
    if (kind === 'output_text' && Array.isArray(event.logprobs) && event.logprobs.length > 0)
      holder.logprobs = structuredClone(event.logprobs);
  }

  /** Where a text stands (step 4). */
  #place(kind: LaneKind, event: JsonObject): [Holder, string | number] {
    switch (kind) {
      case 'output_text':
      case 'reasoning_text':
      case 'reasoning_summary':
        return [this.#partFor(kind, event), 'text'];
      case 'refusal':
        return [this.#partFor(kind, event), 'refusal'];
      case 'function_arguments':
      case 'mcp_arguments':
        return [this.#itemFor(kind, event), 'arguments'];
      case 'custom_input':
        return [this.#itemFor(kind, event), 'input'];
      case 'code':
        return [this.#itemFor(kind, event), 'code'];
      case 'shell_command': {
        const commands = listIn(objectIn(this.#itemFor(kind, event), 'action'), 'commands');
        const index = subIndex(event.command_index);
        while (commands.length < index) commands.push(null);
        return [commands as unknown as Holder, index];
      }
      case 'shell_stdout':
      case 'shell_stderr': {
        const outputs = listIn(this.#itemFor(kind, event), 'output');
        const output = objectAt(outputs, subIndex(event.command_index), impliedPart(kind));
        return [output, kind === 'shell_stdout' ? 'stdout' : 'stderr'];
      }
      case 'patch':
        return [objectIn(this.#itemFor(kind, event), 'operation'), 'diff'];
      case 'transcript':
        throw new Error('has no place in the response');
    }
  }

  #part(list: 'content' | 'summary', index: JsonValue | undefined, event: JsonObject): void {
    if (!isObject(event.part)) return;
    const isReasoning = list === 'summary' || event.part.type === 'reasoning_text';
    const item = this.#itemFor(isReasoning ? 'reasoning_text' : 'output_text', event);
    put(listIn(item, list), subIndex(index), structuredClone(event.part));
  }

  #partFor(kind: LaneKind, event: JsonObject): JsonObject {
    const isSummary = kind === 'reasoning_summary';
    const list = listIn(this.#itemFor(kind, event), isSummary ? 'summary' : 'content');
    const index = subIndex(isSummary ? event.summary_index : event.content_index);
    return objectAt(list, index, impliedPart(kind));
  }

  #itemFor(kind: LaneKind, event: JsonObject): JsonObject {
    return objectAt(this.#output(), this.#router.of(event), impliedItem(kind, event.item_id));
  }

  #output(): JsonValue[] {
    this.response ??= { object: 'response', output: [] };
    return listIn(this.response, 'output');
  }
}

function subIndex(value: JsonValue | undefined): number {
  return Math.max(0, indexOf(value));
}

function put(list: JsonValue[], index: number, value: JsonValue): void {
  while (list.length < index) list.push(null);
  list[index] = value;
}

function listIn(holder: JsonObject, key: string): JsonValue[] {
  if (!Array.isArray(holder[key])) holder[key] = [];
  return holder[key] as JsonValue[];
}

function objectIn(holder: JsonObject, key: string): JsonObject {
  if (!isObject(holder[key])) holder[key] = {};
  return holder[key] as JsonObject;
}

function objectAt(list: JsonValue[], index: number, otherwise: JsonObject): JsonObject {
  if (!isObject(list[index])) put(list, index, otherwise);
  return list[index] as JsonObject;
}
