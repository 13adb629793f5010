import { isObject, type JsonObject, type JsonValue, stringOf } from '../json.ts';
import { type MadeStream, paddingOf } from './made-stream.ts';
import { madeText } from './made-text.ts';

/** A stream of Chat Completions and what it amounts to. */
export interface MadeChat {
  chunks: JsonObject[];
  /** The answer of a request without `stream`. */
  completion: JsonObject;
}

/**
 * The chunks of one choice (protocol: other dialects), as OpenAI's server sends them: the recording
 * `chat-refusal.sse` is its model. Tokens are counted where the request asks for it.
 */
export function madeChat(made: MadeStream): MadeChat {
  const { output, request, id, createdAt, inputTokens } = made;
  const limit = request.max_completion_tokens ?? request.max_tokens;
  const said = madeText(made, typeof limit === 'number' ? limit : Infinity);
  const options = isObject(request.stream_options) ? request.stream_options : {};
  const counts = options.include_usage === true;
  const usage: JsonObject = {
    prompt_tokens: inputTokens,
    completion_tokens: said.outputTokens,
    total_tokens: inputTokens + said.outputTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
  const call: JsonObject = {
    id: `call_${id.slice(0, 24)}`,
    type: 'function',
    function: { name: output.kind === 'call' ? output.name : '', arguments: '' },
  };
  const head = (object: string): JsonObject => ({
    id: `chatcmpl-${id}`,
    object,
    created: createdAt,
    model: stringOf(request.model),
    service_tier: 'default',
    system_fingerprint: null,
  });
  const padding = paddingOf(made);
  const chunk = (choices: JsonValue[], text: string, own: JsonValue = null): JsonObject => ({
    ...head('chat.completion.chunk'),
    choices,
    ...(counts && { usage: own }),
    ...padding(text),
  });
  const choice = (delta: JsonObject, reason: string | null = null): JsonObject => ({
    index: 0,
    delta,
    logprobs: null,
    finish_reason: reason,
  });
  const delta = (text: string): JsonObject => {
    if (output.kind === 'refusal') return { refusal: text };
    if (output.kind === 'text') return { content: text };
    return { tool_calls: [{ index: 0, function: { arguments: text } }] };
  };
  const begun: Record<typeof output.kind, JsonObject> = {
    text: { role: 'assistant', content: '', refusal: null },
    refusal: { role: 'assistant', content: null, refusal: '' },
    call: {
      role: 'assistant',
      content: null,
      tool_calls: [{ index: 0, ...call }],
      refusal: null,
    },
  };
  // A call that was asked for by name ends like a text.
  const isChosen = isObject(request.tool_choice);
  const done = output.kind === 'call' && !isChosen ? 'tool_calls' : 'stop';
  const reason = said.isCut ? 'length' : done;
  const chunks = [
    chunk([choice(begun[output.kind])], ''),
    ...said.deltas.map((text) => chunk([choice(delta(text))], text)),
    chunk([choice({}, reason)], ''),
    ...(counts ? [chunk([], '', usage)] : []),
  ];
  const message: JsonObject = {
    role: 'assistant',
    content: output.kind === 'text' ? said.text : null,
    refusal: output.kind === 'refusal' ? said.text : null,
    annotations: [],
    ...(output.kind === 'call' && {
      tool_calls: [{ ...call, function: { name: output.name, arguments: said.text } }],
    }),
  };
  return {
    chunks,
    completion: {
      ...head('chat.completion'),
      choices: [{ index: 0, message, logprobs: null, finish_reason: reason }],
      usage,
    },
  };
}

/** The same as a server sends it: `data: <JSON>`, a blank line, and `[DONE]` at the end. */
export function chatText({ chunks }: MadeChat): string {
  return [...chunks.map((one) => JSON.stringify(one)), '[DONE]']
    .map((data) => `data: ${data}\n\n`)
    .join('');
}
