import type { JsonObject, JsonValue } from '../json.ts';

/**
 * Streams of servers as issue threads describe them, written by hand: no recording of them is public.
 * Each is what a client gets for "ping", with the deviation that the thread reports and no other that
 * it does not mention.
 */
export interface ReportedServer {
  name: string;
  /** The thread; empty where it is only known from hearsay. */
  source: string;
  bytes: Uint8Array;
}

const ID = 'resp_1';

function response(status: string, facts: JsonObject = {}): JsonObject {
  const parts = { id: ID, object: 'response', created_at: 1_764_000_000, status, model: 'm-1' };
  const nothing = { error: null, incomplete_details: null, instructions: null, metadata: {} };
  const asked = { parallel_tool_calls: true, temperature: 1, top_p: 1, tool_choice: 'auto' };
  return { ...parts, ...nothing, ...asked, tools: [], output: [], usage: null, ...facts };
}

const usage: JsonObject = { input_tokens: 5, output_tokens: 4, total_tokens: 9 };
const completed = (output: JsonValue[], facts: JsonObject = {}): JsonObject => ({
  type: 'response.completed',
  response: response('completed', { output, usage, completed_at: 1_764_000_001, ...facts }),
});
const beginning = (): JsonObject[] => [
  { type: 'response.created', response: response('in_progress') },
  { type: 'response.in_progress', response: response('in_progress') },
];

const words = ['Po', 'ng', ', as ', 'asked.'];
const whole = words.join('');
const textPart = (text: string): JsonObject => ({ type: 'output_text', text, annotations: [] });
const message = (status: string, content: JsonValue[]): JsonObject => ({
  ...{ id: 'msg_1', type: 'message', role: 'assistant', status, content },
});
const call = (status: string, text: string, facts: JsonObject = { id: 'fc_1' }): JsonObject => ({
  ...{
    type: 'function_call',
    call_id: 'call_1',
    name: 'weather',
    status,
    arguments: text,
    ...facts,
  },
});
const reasoning = (content: JsonValue[]): JsonObject => ({
  ...{ id: 'rs_1', type: 'reasoning', summary: [], content },
});

/** A message as it should be streamed. */
function messageEvents(outputIndex: number): JsonObject[] {
  const item = { output_index: outputIndex };
  const place = { item_id: 'msg_1', ...item, content_index: 0 };
  return [
    { type: 'response.output_item.added', ...item, item: message('in_progress', []) },
    { type: 'response.content_part.added', ...place, part: textPart('') },
    ...words.map((delta) => ({
      type: 'response.output_text.delta',
      ...place,
      delta,
      logprobs: [],
    })),
    { type: 'response.output_text.done', ...place, text: whole, logprobs: [] },
    { type: 'response.content_part.done', ...place, part: textPart(whole) },
    { type: 'response.output_item.done', ...item, item: message('completed', [textPart(whole)]) },
  ];
}

/** A function call as it should be streamed. */
function callEvents(outputIndex: number): JsonObject[] {
  const item = { output_index: outputIndex };
  const place = { item_id: 'fc_1', ...item };
  const type = 'response.function_call_arguments';
  return [
    { type: 'response.output_item.added', ...item, item: call('in_progress', '') },
    { type: `${type}.delta`, ...place, delta: '{"city":' },
    { type: `${type}.delta`, ...place, delta: '"Bern"}' },
    { type: `${type}.done`, ...place, arguments: '{"city":"Bern"}' },
    { type: 'response.output_item.done', ...item, item: call('completed', '{"city":"Bern"}') },
  ];
}

/** Reasoning with its text in a part, by the names that a server has for the part's events. */
function reasoningEvents(part: string | null, end: string | null): JsonObject[] {
  const place = { item_id: 'rs_1', output_index: 0, content_index: 0 };
  const text = (value: string): JsonObject => ({ type: 'reasoning_text', text: value });
  return [
    { type: 'response.output_item.added', output_index: 0, item: reasoning([]) },
    ...(part === null ? [] : [{ type: part, ...place, part: text('') }]),
    { type: 'response.reasoning_text.delta', ...place, delta: 'They ' },
    { type: 'response.reasoning_text.delta', ...place, delta: 'say ping.' },
    { type: 'response.reasoning_text.done', ...place, text: 'They say ping.' },
    ...(end === null ? [] : [{ type: end, ...place, part: text('They say ping.') }]),
    {
      type: 'response.output_item.done',
      output_index: 0,
      item: reasoning([text('They say ping.')]),
    },
  ];
}

const doneMessage = message('completed', [textPart(whole)]);
const doneCall = call('completed', '{"city":"Bern"}');
const doneReasoning = reasoning([{ type: 'reasoning_text', text: 'They say ping.' }]);

function numbered(events: JsonObject[]): JsonObject[] {
  return events.map((event, seq) => ({ ...event, sequence_number: seq }));
}

function without(events: JsonObject[], ...fields: string[]): JsonObject[] {
  return events.map((event) =>
    Object.fromEntries(Object.entries(event).filter(([name]) => !fields.includes(name))),
  );
}

function framed(events: JsonObject[], named = true, tail = ''): Uint8Array {
  const frames = events.map((event) => {
    const line = named ? `event: ${String(event.type)}\n` : '';
    return `${line}data: ${JSON.stringify(event)}\n\n`;
  });
  return new TextEncoder().encode(frames.join('') + tail);
}

const LLAMA_CPP = 'https://github.com/ggml-org/llama.cpp/issues/20607';
const indexes = ['output_index', 'content_index', 'summary_index'];

export const reportedServers: readonly ReportedServer[] = [
  {
    name: 'as it should be',
    source: '',
    bytes: framed(
      numbered([
        ...beginning(),
        ...messageEvents(0),
        ...callEvents(1),
        completed([doneMessage, doneCall]),
      ]),
    ),
  },
  {
    name: 'llama.cpp, a text and a call',
    source: LLAMA_CPP,
    bytes: framed(
      without(
        [
          {
            type: 'response.created',
            response: { id: ID, object: 'response', status: 'in_progress' },
          },
          {
            type: 'response.in_progress',
            response: { id: ID, object: 'response', status: 'in_progress' },
          },
          ...messageEvents(0),
          ...callEvents(1).map((event) =>
            event.item
              ? { ...event, item: { ...(event.item as JsonObject), id: undefined } }
              : event,
          ),
          completed([doneMessage, call('completed', '{"city":"Bern"}', {})]),
        ],
        ...indexes,
      ),
    ),
  },
  {
    name: 'Lemonade, reasoning and a text',
    source: 'https://github.com/lemonade-sdk/lemonade/issues/3607',
    bytes: framed(
      without(
        numbered([
          ...beginning(),
          ...reasoningEvents('response.content_part.added', 'response.content_part.done'),
          ...messageEvents(1),
          completed([doneReasoning, doneMessage]),
        ]),
        ...indexes,
      ),
    ),
  },
  {
    name: 'LiteLLM, a text only',
    source: 'https://github.com/BerriAI/litellm/issues/22102',
    bytes: framed(
      [
        ...words.map((delta) => ({
          ...{ type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0 },
          ...{ content_index: 0, delta },
        })),
        completed([doneMessage]),
      ],
      false,
      'data: [DONE]\n\n',
    ),
  },
  {
    name: 'LiteLLM, a text after reasoning',
    source: 'https://github.com/BerriAI/litellm/issues/41185',
    bytes: framed(
      numbered([
        ...beginning(),
        { type: 'response.output_item.added', output_index: 0, item: reasoning([]) },
        { type: 'response.output_item.done', output_index: 0, item: reasoning([]) },
        ...words.map((delta) => ({
          ...{ type: 'response.output_text.delta', item_id: 'msg_1', output_index: 1 },
          ...{ content_index: 0, delta, logprobs: [] },
        })),
        ...callEvents(2),
        completed([reasoning([]), doneMessage, doneCall]),
      ]),
    ),
  },
  {
    name: 'vLLM before pull 35184',
    source: 'https://github.com/vllm-project/vllm/pull/35184',
    bytes: framed(
      numbered([
        ...beginning(),
        ...reasoningEvents('response.content_part.added', null),
        ...messageEvents(1),
        completed([doneReasoning, doneMessage]),
      ]),
    ),
  },
  {
    name: 'vLLM after pull 35184',
    source: 'https://github.com/vllm-project/vllm/pull/35184',
    bytes: framed(
      numbered([
        ...beginning(),
        ...reasoningEvents('response.reasoning_part.added', 'response.reasoning_part.done'),
        ...messageEvents(1),
        completed([doneReasoning, doneMessage]),
      ]),
    ),
  },
  {
    name: 'a fork of vLLM whose delta is an object',
    source: '',
    bytes: framed(
      numbered([
        ...beginning(),
        ...messageEvents(0).map((event) =>
          typeof event.delta === 'string' ? { ...event, delta: { text: event.delta } } : event,
        ),
        completed([doneMessage]),
      ]),
    ),
  },
  {
    name: 'Llama Stack without output_text.done',
    source: 'https://github.com/ogx-ai/ogx/issues/5309',
    bytes: framed(
      numbered([
        ...beginning(),
        ...messageEvents(0).filter(({ type }) => type !== 'response.output_text.done'),
        completed([doneMessage]),
      ]),
    ),
  },
  {
    name: 'a gateway without any done event, and an empty output',
    source: 'https://github.com/Oaklight/llm-rosetta/issues/56',
    bytes: framed(
      numbered([
        ...beginning(),
        ...messageEvents(0).filter(({ type }) => !String(type).endsWith('.done')),
        completed([]),
      ]),
    ),
  },
  {
    name: 'a connection that broke in the middle of a text',
    source: '',
    bytes: framed(numbered([...beginning(), ...messageEvents(0).slice(0, 4)])),
  },
  {
    name: 'a connection that broke inside an event',
    source: '',
    bytes: framed(numbered([...beginning(), ...messageEvents(0).slice(0, 4)])).slice(0, -30),
  },
  {
    name: "GitHub Copilot's ids",
    source: '',
    bytes: framed(
      numbered([
        ...beginning(),
        ...messageEvents(0).map((event, seq) => {
          if (event.item_id) return { ...event, item_id: `enc_${seq}` };
          return { ...event, item: { ...(event.item as JsonObject), id: `enc_${seq}` } };
        }),
        completed([{ ...doneMessage, id: 'enc_z' }]),
      ]),
    ),
  },
  {
    name: 'a gateway that ends with an unnamed error',
    source: '',
    bytes: framed(
      numbered([...beginning(), ...messageEvents(0).slice(0, 4)]),
      true,
      'event: error\ndata: {"error":{"message":"upstream timed out","type":"server_error"}}\n\n',
    ),
  },
];
