import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../json.ts';
import { knownTypes } from '../responses/event-types.ts';
import { frameOf } from './streams.ts';

/** What can go wrong with one event of a capture. `at` and `other` choose events. */
interface Damage {
  kind: 'drop' | 'double' | 'swap' | 'retype' | 'remove' | 'garble' | 'insert' | 'unname';
  at: number;
  other: number;
  value: JsonValue;
  event: JsonObject;
  cut: number;
}

const oddValue: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue[]>(
  ...[null, true, 0, 1, 2, -1, 0.5, 1e9, '', 'text', '0'],
  ...[[], [null], ['a', 'b'], [{ text: 'q', stdout: 'w' }], {}, { text: 'deep', output: [] }],
);

const item = fc.record<JsonObject>(
  {
    id: fc.constantFrom('msg_0', 'fc_0', 'x', ''),
    type: fc.constantFrom('message', 'reasoning', 'function_call', 'mcp_call', 'shell_call', 'odd'),
    content: fc.oneof(oddValue, fc.constantFrom<JsonValue[]>([{ type: 'output_text', text: 'c' }])),
    summary: fc.oneof(
      oddValue,
      fc.constantFrom<JsonValue[]>([{ type: 'summary_text', text: 's' }]),
    ),
    arguments: fc.oneof(oddValue, fc.constant('args')),
    output: oddValue,
    action: fc.oneof(oddValue, fc.constantFrom<JsonValue[]>({ commands: ['ls', 3] })),
  },
  { requiredKeys: [] },
);

const part = fc.record<JsonObject>(
  {
    type: fc.constantFrom('output_text', 'refusal', 'reasoning_text', 'summary_text', 'odd'),
    text: fc.oneof(oddValue, fc.constant('part')),
    refusal: fc.oneof(oddValue, fc.constant('no')),
    logprobs: oddValue,
    annotations: oddValue,
  },
  { requiredKeys: [] },
);

const index = fc.constantFrom<JsonValue[]>(0, 0, 0, 1, 1, 2, 3, -1, '0', 1.5, null);

/** An event of any listed type with fields of any shape. */
export const oddEvent: fc.Arbitrary<JsonObject> = fc.record<JsonObject>(
  {
    type: fc.constantFrom<JsonValue[]>(...knownTypes(), 'response.new_thing.delta', 'ping', 7),
    sequence_number: fc.constantFrom<JsonValue[]>(0, 1, 5, 'five', null),
    output_index: index,
    content_index: index,
    summary_index: index,
    command_index: index,
    annotation_index: index,
    item_id: fc.constantFrom<JsonValue[]>('msg_0', 'fc_0', 'x', 3),
    delta: fc.oneof(
      fc.constantFrom<JsonValue[]>('d', 'delta', ''),
      fc.constant({ stdout: 'o', stderr: 'e' }),
      oddValue,
    ),
    text: fc.oneof(fc.constant('d'), fc.constant('text'), oddValue),
    refusal: oddValue,
    arguments: fc.oneof(fc.constant('d'), oddValue),
    command: oddValue,
    code: oddValue,
    output: oddValue,
    logprobs: fc.oneof(fc.constantFrom<JsonValue[]>([{ token: 't' }]), oddValue),
    annotation: oddValue,
    item: fc.oneof(item, oddValue),
    part: fc.oneof(part, oddValue),
    response: fc.oneof(
      fc.record({ id: fc.constant('r'), output: fc.oneof(fc.array(item), oddValue) }),
      oddValue,
    ),
    error: oddValue,
  },
  { requiredKeys: ['type'] },
);

export const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Damage['kind'][]>(
      ...(['drop', 'double', 'swap', 'retype', 'remove', 'garble', 'insert', 'unname'] as const),
    ),
    at: fc.nat(200),
    other: fc.nat(200),
    value: oddValue,
    event: oddEvent,
    cut: fc.nat(300),
  }),
  { minLength: 1, maxLength: 12 },
);

/** The capture's frames with the damage done to them. */
export function damaged(events: readonly JsonObject[], list: readonly Damage[]): Uint8Array {
  const frames = events.map((event) => frameOf(event));
  const kept = [...events];
  for (const { kind, at, other, value, event, cut } of list) {
    if (kept.length === 0) break;
    const place = at % kept.length;
    const target = kept[place]!;
    const write = (changed: JsonObject) => {
      kept[place] = changed;
      frames[place] = frameOf(changed);
    };
    switch (kind) {
      case 'drop':
        kept.splice(place, 1);
        frames.splice(place, 1);
        break;
      case 'double':
        kept.splice(place, 0, target);
        frames.splice(place, 0, frames[place]!);
        break;
      case 'swap': {
        const second = other % kept.length;
        [kept[place], kept[second]] = [kept[second]!, target];
        [frames[place], frames[second]] = [frames[second]!, frames[place]!];
        break;
      }
      case 'retype':
        write(changedField(target, other, value));
        break;
      case 'remove':
        write(changedField(target, other, undefined));
        break;
      case 'garble':
        frames[place] =
          `event: ${String(target.type)}\ndata: ${frameOf(target, false).slice(6, 6 + cut)}\n\n`;
        break;
      case 'insert':
        kept.splice(place, 0, event);
        frames.splice(place, 0, frameOf(event, cut % 2 === 0));
        break;
      case 'unname':
        frames[place] = frameOf(target, false);
        break;
    }
  }
  return new TextEncoder().encode(frames.join(''));
}

/** Changes one field, at the top or inside of an object that the event carries. */
function changedField(event: JsonObject, choice: number, value: JsonValue | undefined): JsonObject {
  const changed = structuredClone(event);
  const inner = Object.values(changed).filter(
    (field): field is JsonObject =>
      typeof field === 'object' && field !== null && !Array.isArray(field),
  );
  const target = choice % 3 === 0 && inner[0] ? inner[0] : changed;
  const names = Object.keys(target).filter((name) => name !== 'type' || choice % 7 === 0);
  const name = names[choice % Math.max(1, names.length)];
  if (name === undefined) return changed;
  if (value === undefined) delete target[name];
  else target[name] = value;
  return changed;
}
