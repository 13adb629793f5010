import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { seeded } from '../seeded.ts';
import { madeText } from './made-text.ts';

/** What the answer is: an output text, a refusal, or the arguments of one function call. */
export type MadeOutput =
  | { kind: 'text'; text: string }
  | { kind: 'refusal'; text: string }
  | { kind: 'call'; name: string; text: string };

export interface MadeStream {
  output: MadeOutput;
  /** The request's body: what a response repeats of it is taken from there. */
  request: JsonObject;
  /** How the text is cut, and what pads its events. */
  seed: number;
  /** Hexadecimal digits: those of the ids. */
  id: string;
  /** Seconds since 1970. */
  createdAt: number;
  inputTokens: number;
}

export type MadeEvent = JsonObject & { type: string; sequence_number: number };

/**
 * All events of a Responses stream with one output item (protocol: events, invariants), as OpenAI's
 * server sends them: the recording `person.sse` is its model. Where `max_output_tokens` of the request
 * is less than the text has tokens, it ends there, as incomplete.
 */
export function madeStream(made: MadeStream): MadeEvent[] {
  const { output, request } = made;
  const events: MadeEvent[] = [];
  const add = (type: string, rest: JsonObject) =>
    void events.push({ type, sequence_number: events.length, ...rest });

  const limit =
    typeof request.max_output_tokens === 'number' ? request.max_output_tokens : Infinity;
  const { deltas, text, isCut, outputTokens } = madeText(made, limit);
  const state = isCut ? 'incomplete' : 'completed';
  const begun = response(made, 'in_progress', [], null);
  add('response.created', { response: begun });
  add('response.in_progress', { response: begun });
  const item = output.kind === 'call' ? addCall(made, text, state) : addMessage(made, text, state);
  add('response.output_item.added', { output_index: 0, item: item.begun });
  const place: JsonObject =
    output.kind === 'call'
      ? { item_id: item.id, output_index: 0 }
      : { item_id: item.id, output_index: 0, content_index: 0 };
  if (item.part) add('response.content_part.added', { ...place, part: item.part('') });
  const padding = paddingOf(made);
  const logprobs: JsonObject = output.kind === 'text' ? { logprobs: [] } : {};
  for (const delta of deltas)
    add(`${item.type}.delta`, { ...place, delta, ...logprobs, ...padding(delta) });
  add(`${item.type}.done`, { ...place, [item.field]: text, ...logprobs });
  if (item.part) add('response.content_part.done', { ...place, part: item.part(text) });
  add('response.output_item.done', { output_index: 0, item: item.done });
  add(`response.${state}`, { response: response(made, state, [item.done], outputTokens) });
  return events;
}

/** The same as a server sends it: `event: <type>`, `data: <JSON>`, a blank line. */
export function streamText(events: readonly MadeEvent[]): string {
  return events.map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`).join('');
}

/** The response with which it ends: the answer of a request without `stream`. */
export function responseOf(events: readonly MadeEvent[]): JsonObject {
  return events.at(-1)!.response as JsonObject;
}

interface MadeItem {
  id: string;
  /** The events of its text, without `.delta` and `.done`, and the field of the whole text. */
  type: string;
  field: string;
  part: ((text: string) => JsonObject) | null;
  begun: JsonObject;
  done: JsonObject;
}

function addMessage(made: MadeStream, text: string, status: string): MadeItem {
  const id = `msg_${made.id}`;
  const isRefusal = made.output.kind === 'refusal';
  const part = (own: string): JsonObject =>
    isRefusal
      ? { type: 'refusal', refusal: own }
      : { type: 'output_text', annotations: [], logprobs: [], text: own };
  const message = (own: string, content: JsonValue[]): JsonObject => ({
    id,
    type: 'message',
    status: own,
    content,
    role: 'assistant',
  });
  return {
    id,
    type: isRefusal ? 'response.refusal' : 'response.output_text',
    field: isRefusal ? 'refusal' : 'text',
    part,
    begun: message('in_progress', []),
    done: message(status, [part(text)]),
  };
}

function addCall(made: MadeStream, text: string, status: string): MadeItem {
  const id = `fc_${made.id}`;
  const name = made.output.kind === 'call' ? made.output.name : '';
  const call = (own: string, args: string): JsonObject => ({
    id,
    type: 'function_call',
    status: own,
    arguments: args,
    call_id: `call_${made.id.slice(0, 24)}`,
    name,
  });
  return {
    id,
    type: 'response.function_call_arguments',
    field: 'arguments',
    part: null,
    begun: call('in_progress', ''),
    done: call(status, text),
  };
}

/** `obfuscation` fills the data of deltas up, so that its length does not tell what was written. */
export function paddingOf({ request, seed }: MadeStream): (delta: string) => JsonObject {
  const options = isObject(request.stream_options) ? request.stream_options : {};
  if (options.include_obfuscation === false) return () => ({});
  const random = seeded(seed ^ 0x5bd1e995);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return (delta) => {
    let obfuscation = '';
    for (let left = 16 - (delta.length % 16); left > 0; left--)
      obfuscation += letters[Math.floor(random() * letters.length)]!;
    return { obfuscation };
  };
}

function response(
  { request, id, createdAt, inputTokens }: MadeStream,
  status: string,
  output: JsonValue[],
  outputTokens: number | null,
): JsonObject {
  const isOver = outputTokens !== null;
  const given = (name: string, fallback: JsonValue): JsonValue => request[name] ?? fallback;
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: createdAt,
    status,
    background: false,
    completed_at: status === 'completed' ? createdAt + 1 : null,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    instructions: given('instructions', null),
    max_output_tokens: given('max_output_tokens', null),
    max_tool_calls: given('max_tool_calls', null),
    model: given('model', ''),
    output,
    parallel_tool_calls: given('parallel_tool_calls', true),
    previous_response_id: null,
    prompt_cache_key: given('prompt_cache_key', null),
    reasoning: { effort: null, summary: null },
    safety_identifier: null,
    service_tier: isOver ? 'default' : 'auto',
    store: given('store', true),
    temperature: given('temperature', 1),
    text: textOf(request),
    tool_choice: given('tool_choice', 'auto'),
    tools: given('tools', []),
    top_logprobs: given('top_logprobs', 0),
    top_p: given('top_p', 1),
    truncation: given('truncation', 'disabled'),
    usage: isOver
      ? {
          input_tokens: inputTokens,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: outputTokens,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: inputTokens + outputTokens,
        }
      : null,
    user: null,
    metadata: given('metadata', {}),
  };
}

/** What a response repeats of `text`: formats with their defaults filled in. */
function textOf(request: JsonObject): JsonObject {
  const text = isObject(request.text) ? request.text : {};
  const format = isObject(text.format) ? text.format : { type: 'text' };
  if (format.type !== 'json_schema') return { format, verbosity: text.verbosity ?? 'medium' };
  const { description = null, name, schema, strict = false } = format;
  return {
    format: { type: 'json_schema', description, name, schema, strict },
    verbosity: text.verbosity ?? 'medium',
  } as JsonObject;
}
