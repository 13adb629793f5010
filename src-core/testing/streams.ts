import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../json.ts';

/**
 * Random streams of the Responses protocol. An item is a list of events without sequence number;
 * a response interleaves those of its items between its lifecycle events.
 */
type Events = JsonObject[];

const text = fc.oneof(
  fc.constantFrom('', 'a', ' ', '\n', '"', '\\', '{"a":', 'é', '😀', '\u2028', '\u0000'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const deltas = fc.array(text, { maxLength: 5 });
/** What the final value of a text does to its deltas. */
const ending = fc.constantFrom('equal', 'equal', 'longer', 'other', 'none');

function finalOf(pieces: string[], how: string): string {
  const whole = pieces.join('');
  return how === 'longer' ? `${whole}+` : how === 'other' ? `x${whole}` : whole;
}

function logprobOf(piece: string): JsonObject {
  return { token: piece, logprob: -0.5, top_logprobs: [] };
}

/** Deltas and their end: `response.<name>.delta` ... `response.<name>.done`. */
function textEvents(name: string, field: string, place: JsonObject): fc.Arbitrary<Events> {
  return fc
    .record({ pieces: deltas, how: ending, logprobs: fc.boolean() })
    .map(({ pieces, how, logprobs }): Events => {
      const takes = logprobs && name === 'output_text';
      const events: Events = pieces.map((delta) => ({
        type: `response.${name}.delta`,
        ...place,
        delta,
        ...(name === 'output_text' ? { logprobs: takes ? [logprobOf(delta)] : [] } : {}),
      }));
      if (how === 'none') return events;
      const final = finalOf(pieces, how);
      const done: JsonObject = { type: `response.${name}.done`, ...place, [field]: final };
      if (name === 'output_text') done.logprobs = takes && how === 'longer' ? [logprobOf('z')] : [];
      return [...events, done];
    });
}

function sequence(parts: fc.Arbitrary<Events>[]): fc.Arbitrary<Events> {
  return fc.tuple(...parts).map((lists) => lists.flat());
}

type ItemOf = (index: number) => fc.Arbitrary<Events>;

const annotation = (place: JsonObject, count: number): Events =>
  Array.from({ length: count }, (_, at) => ({
    type: 'response.output_text.annotation.added',
    ...place,
    annotation_index: at,
    annotation: { type: 'url_citation', url: `https://example.org/${at}` },
  }));

/** The part of a message or reasoning item: added, its text, annotations, done. */
function partEvents(place: JsonObject, at: number, type: string): fc.Arbitrary<Events> {
  const isSummary = type === 'summary_text';
  const address = { ...place, [isSummary ? 'summary_index' : 'content_index']: at };
  const stem = isSummary ? 'response.reasoning_summary_part' : 'response.content_part';
  const field = type === 'refusal' ? 'refusal' : 'text';
  const name = isSummary ? 'reasoning_summary_text' : type;
  const part = { type, [field]: '', ...(type === 'output_text' ? { annotations: [] } : {}) };
  return fc
    .record({
      body: textEvents(name, field, address),
      annotations: fc.nat(type === 'output_text' ? 2 : 0),
      closes: fc.constantFrom('text', 'other', 'no'),
    })
    .map(({ body, annotations, closes }): Events => {
      const opened = { type: `${stem}.added`, ...address, part };
      const events = [opened, ...body, ...annotation(address, annotations)];
      if (closes === 'no') return events;
      const written = closes === 'other' ? 'another text' : textOf(body, field);
      return [...events, { type: `${stem}.done`, ...address, part: { ...part, [field]: written } }];
    });
}

function textOf(body: Events, field: string): string {
  const done = body.find((event) => typeof event[field] === 'string');
  if (done) return done[field] as string;
  return body.map(({ delta }) => (typeof delta === 'string' ? delta : '')).join('');
}

/** An item that is announced, filled by `body` and closed, with a final item that may differ. */
function itemEvents(
  index: number,
  item: JsonObject,
  body: fc.Arbitrary<Events>,
  final: JsonObject = {},
): fc.Arbitrary<Events> {
  return fc
    .record({ body, closes: fc.constantFrom('final', 'as added', 'no') })
    .map(({ body, closes }): Events => {
      const opened = { type: 'response.output_item.added', output_index: index, item };
      const events = [opened, ...body];
      if (closes === 'no') return events;
      const last = { ...item, status: 'completed', ...(closes === 'final' ? final : {}) };
      return [...events, { type: 'response.output_item.done', output_index: index, item: last }];
    });
}

function parts(types: string[]): (index: number, id: string) => fc.Arbitrary<Events> {
  return (index, id) =>
    fc.array(fc.constantFrom(...types), { maxLength: 3 }).chain((list) =>
      sequence(
        list.map((type, position) => {
          const isSummary = (one: string) => one === 'summary_text';
          const before = list.slice(0, position);
          const at = before.filter((one) => isSummary(one) === isSummary(type)).length;
          return partEvents({ item_id: id, output_index: index }, at, type);
        }),
      ),
    );
}

const items: Record<string, ItemOf> = {
  message: (index) => {
    const item = { id: `msg_${index}`, type: 'message', status: 'in_progress', content: [] };
    const content = [{ type: 'output_text', text: 'the final text', annotations: [] }];
    return itemEvents(index, item, parts(['output_text', 'refusal'])(index, item.id), { content });
  },
  reasoning: (index) => {
    const item = { id: `rs_${index}`, type: 'reasoning', summary: [] };
    const body = parts(['summary_text', 'reasoning_text'])(index, item.id);
    return itemEvents(index, item, body, { encrypted_content: 'x' });
  },
  function: (index) => {
    const item = { id: `fc_${index}`, type: 'function_call', name: 'f', arguments: '' };
    const place = { item_id: item.id, output_index: index };
    const body = textEvents('function_call_arguments', 'arguments', place);
    return itemEvents(index, item, body, { arguments: '{}' });
  },
  mcp: (index) => {
    const item = { id: `mcp_${index}`, type: 'mcp_call', status: 'in_progress', arguments: '' };
    const place = { item_id: item.id, output_index: index };
    const status = (word: string) =>
      fc.constant([{ type: `response.mcp_call.${word}`, ...place }] as Events);
    const body = textEvents('mcp_call_arguments', 'arguments', place);
    return itemEvents(index, item, sequence([status('in_progress'), body, status('failed')]));
  },
  custom: (index) => {
    const item = { id: `ctc_${index}`, type: 'custom_tool_call', input: '' };
    const place = { item_id: item.id, output_index: index };
    return itemEvents(index, item, textEvents('custom_tool_call_input', 'input', place));
  },
  code: (index) => {
    const item = { id: `ci_${index}`, type: 'code_interpreter_call', code: null, outputs: [] };
    const place = { item_id: item.id, output_index: index };
    return itemEvents(index, item, textEvents('code_interpreter_call_code', 'code', place));
  },
  shell: (index) => {
    const item = { id: `sh_${index}`, type: 'shell_call', action: { commands: [] } };
    const command = (at: number) => {
      const place = { output_index: index, command_index: at };
      const added = { type: 'response.shell_call_command.added', ...place, command: '' };
      return sequence([fc.constant([added]), textEvents('shell_call_command', 'command', place)]);
    };
    return itemEvents(index, item, sequence([command(0), command(1)]));
  },
  output: (index) => {
    const item = { id: `sho_${index}`, type: 'shell_call_output', output: [] };
    const place = { item_id: item.id, output_index: index, command_index: 0 };
    const stem = 'response.shell_call_output_content';
    const delta = fc.record({ stdout: text, stderr: text }, { requiredKeys: [] });
    const body = fc
      .record({ pieces: fc.array(delta, { maxLength: 4 }), done: fc.boolean() })
      .map(({ pieces, done }): Events => {
        const events: Events = pieces.map((piece) => ({
          ...{ type: `${stem}.delta`, ...place },
          delta: { ...piece },
        }));
        if (done) events.push({ type: `${stem}.done`, ...place, output: [{ stdout: 'out' }] });
        return events;
      });
    return itemEvents(index, item, body);
  },
  patch: (index) => {
    const item = { id: `ap_${index}`, type: 'apply_patch_call', operation: { diff: '' } };
    const place = { item_id: item.id, output_index: index };
    return itemEvents(index, item, textEvents('apply_patch_call_operation_diff', 'diff', place));
  },
  search: (index) => {
    const item = { id: `ws_${index}`, type: 'web_search_call', status: 'in_progress' };
    const words = ['in_progress', 'searching', 'completed'];
    const body = words.map((word) => ({
      ...{ type: `response.web_search_call.${word}`, item_id: item.id, output_index: index },
    }));
    return itemEvents(index, item, fc.constant(body));
  },
};

/** Takes events from several lists in the order of `picks`, each list in its own order. */
function interleaved(lists: Events[], picks: number[]): Events {
  const rest = lists.map((list) => [...list]);
  const merged: Events = [];
  for (let turn = 0; rest.some((list) => list.length > 0); turn++) {
    const open = rest.filter((list) => list.length > 0);
    merged.push(open[(picks[turn % picks.length] ?? 0) % open.length]!.shift()!);
  }
  return merged;
}

const terminals = ['completed', 'incomplete', 'failed', 'none'];

function responseEvents(id: string): fc.Arbitrary<Events> {
  const item = fc.constantFrom(...Object.values(items));
  return fc
    .record({
      lists: fc
        .array(item, { maxLength: 4 })
        .chain((list) => fc.tuple(...list.map((itemOf, index) => itemOf(index)))),
      picks: fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }),
      queued: fc.boolean(),
      terminal: fc.constantFrom(...terminals),
      output: fc.constantFrom<JsonValue | undefined>(null, undefined, []),
    })
    .map(({ lists, picks, queued, terminal, output }): Events => {
      const response = { id, object: 'response', status: 'in_progress', output: [], usage: null };
      const events: Events = [{ type: 'response.created', response }];
      if (queued)
        events.push({ type: 'response.queued', response: { ...response, status: 'queued' } });
      events.push({ type: 'response.in_progress', response }, { type: 'keepalive' });
      events.push(...interleaved(lists, picks));
      if (terminal === 'none') return events;
      const final = { ...response, status: terminal, output };
      return [...events, { type: `response.${terminal}`, response: final }];
    });
}

/** The events of a capture: one response, or two in a row. */
export const captures: fc.Arbitrary<Events> = fc
  .tuple(responseEvents('resp_1'), fc.option(responseEvents('resp_2'), { freq: 4 }))
  .map(([first, second]) =>
    [...first, ...(second ?? [])].map((event, at) => ({ ...event, sequence_number: at })),
  );

/** One event as a frame; some servers send no event names. */
export function frameOf(event: JsonObject, named = true): string {
  const name = named && typeof event.type === 'string' ? `event: ${event.type}\n` : '';
  return `${name}data: ${JSON.stringify(event)}\n\n`;
}

export function streamOf(events: Events, named = true): Uint8Array {
  return new TextEncoder().encode(events.map((event) => frameOf(event, named)).join(''));
}
