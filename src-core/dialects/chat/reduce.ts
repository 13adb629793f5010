import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import { indexOf } from '../../responses/router.ts';
import type { ReduceState } from '../dialect.ts';
import { errorText, factsOf, objectsOf, tell } from '../facts.ts';
import { choiceAt, messageAt } from './choices.ts';
import { reduceContent, reduceReasoning, write } from './content.ts';
import { reduceToolCalls } from './tool-calls.ts';

/** Padding (`obfuscation`, Mistral's `p`) is no part of what the stream amounts to. */
const NOT_OF_ROOT = new Set(['choices', 'object', 'usage', 'error', 'obfuscation', 'p']);
const NOT_OF_CHOICE = new Set(['index', 'delta', 'message', 'finish_reason', 'logprobs', 'text']);
const NOT_OF_MESSAGE = new Set([
  ...[
    'role',
    'content',
    'refusal',
    'audio',
    'tool_calls',
    'function_call',
    'annotations',
    'images',
  ],
  ...['reasoning', 'reasoning_content', 'reasoning_details'],
]);

/** Whether an object is one of this protocol, whatever else a stream may hold. */
export function isChunk(event: JsonObject): boolean {
  return Array.isArray(event.choices) || stringOf(event.object).startsWith('chat.completion');
}

/**
 * Merges a chunk into a `chat.completion` (protocol.md, section 6): texts append, `finish_reason` and
 * whatever else a choice or the chunk says is overwritten, by nothing that is null.
 */
export function reduceChat(event: JsonObject, state: ReduceState, type: string): void {
  const error = event.error ?? null;
  if (isChunk(event)) {
    if (state.root === null || beginsAnother(event, state.root)) state.begin(emptyRoot(event));
    tell(state, [], state.root, event, NOT_OF_ROOT);
    if (isObject(event.usage)) state.set(['usage'], event.usage);
    let finished = false;
    objectsOf(event.choices).forEach((choice, position) => {
      const index = indexOf(choice.index);
      const at = index < 0 ? position : index;
      reduceChoice(choice, at, state);
      if (stringOf(choice.finish_reason) !== '') finished = true;
    });
    if (finished) reportEnd(state);
  }
  if (error === null && type !== 'error') return;
  const failure = error ?? event;
  if (state.root === null) state.begin({ error: failure });
  else state.set(['error'], failure);
  state.end('failed', errorText(failure));
}

function emptyRoot(event: JsonObject): JsonObject {
  const isText = event.object === 'text_completion';
  return { object: isText ? 'text_completion' : 'chat.completion', choices: [] };
}

/** Whether a chunk is of another completion than the one so far, which is over. */
function beginsAnother(event: JsonObject, root: JsonObject): boolean {
  const id = stringOf(event.id);
  const isOther = id !== '' && stringOf(root.id) !== '' && root.id !== id;
  return isOther && objectsOf(event.choices).length > 0 && isFinished(root);
}

function isFinished(root: JsonObject): boolean {
  const choices = objectsOf(root.choices);
  return choices.length > 0 && choices.every((choice) => stringOf(choice.finish_reason) !== '');
}

function reduceChoice(choice: JsonObject, at: number, state: ReduceState): void {
  const path = ['choices', at];
  const isText = state.root?.object === 'text_completion';
  if (choiceAt(state.root, at) === null) {
    const message = { role: 'assistant', content: null, refusal: null };
    const body = isText ? { text: '' } : { message };
    state.set(path, { index: at, ...body, logprobs: null, finish_reason: null });
  }
  if (isText) {
    const lane = { kind: 'output_text' as const, outputIndex: at, subIndex: -1 };
    write(state, lane, [...path, 'text'], stringOf(choice.text), false);
  }
  // Perplexity and Writer send the message so far beside each delta: the delta is enough.
  const whole = !isObject(choice.delta);
  const delta = whole ? choice.message : choice.delta;
  if (isObject(delta) && !isText) reduceDelta(delta, at, state, whole);
  tell(state, path, choiceAt(state.root, at), choice, NOT_OF_CHOICE);
  if (isObject(choice.logprobs)) reduceLogprobs(choice.logprobs, at, state);
  const reason = stringOf(choice.finish_reason);
  if (reason !== '' && choiceAt(state.root, at)?.finish_reason !== reason)
    state.set([...path, 'finish_reason'], reason);
}

function reduceDelta(delta: JsonObject, at: number, state: ReduceState, whole: boolean): void {
  const path = ['choices', at, 'message'];
  const message = messageAt(state.root, at);
  const role = stringOf(delta.role);
  if (role !== '' && message.role !== role) state.set([...path, 'role'], role);
  reduceReasoning(delta, at, state, whole);
  reduceContent(delta.content, at, state, whole);
  const refusal = stringOf(delta.refusal);
  if (refusal !== '') {
    const lane = { kind: 'refusal' as const, outputIndex: at, subIndex: -1 };
    write(state, lane, [...path, 'refusal'], refusal, whole);
  }
  if (isObject(delta.audio)) reduceAudio(delta.audio, at, state, whole);
  reduceToolCalls(delta.tool_calls, at, state, whole);
  if (isObject(delta.function_call)) reduceFunctionCall(delta.function_call, at, state, whole);
  for (const name of ['annotations', 'images']) {
    const more = delta[name];
    if (!Array.isArray(more)) continue;
    if (whole) state.set([...path, name], more);
    else for (const one of more) state.push([...path, name], one);
  }
  tell(state, path, message, delta, NOT_OF_MESSAGE);
}

/** `data` is base64 and no text to read; the transcript is. */
function reduceAudio(audio: JsonObject, at: number, state: ReduceState, whole: boolean): void {
  const path = ['choices', at, 'message', 'audio'];
  const known = messageAt(state.root, at).audio;
  const before = isObject(known) ? known : {};
  tell(state, path, before, audio, new Set(['data', 'transcript']));
  if (typeof audio.data === 'string') {
    const data = whole ? audio.data : stringOf(before.data) + audio.data;
    state.set([...path, 'data'], data);
  }
  const lane = { kind: 'transcript' as const, outputIndex: at, subIndex: -1 };
  write(state, lane, [...path, 'transcript'], stringOf(audio.transcript), whole);
}

/** The call of before there were several (`function_call`). */
function reduceFunctionCall(
  call: JsonObject,
  at: number,
  state: ReduceState,
  whole: boolean,
): void {
  const path = ['choices', at, 'message', 'function_call'];
  tell(state, path, null, call, new Set(['arguments']));
  const lane = { kind: 'function_arguments' as const, outputIndex: at, subIndex: -1 };
  write(state, lane, [...path, 'arguments'], stringOf(call.arguments), whole);
}

/** Lists grow: `content` and `refusal`, in text completions `tokens` and its like. */
function reduceLogprobs(logprobs: JsonObject, at: number, state: ReduceState): void {
  const path = ['choices', at, 'logprobs'];
  for (const [name, value] of factsOf(logprobs, new Set())) {
    if (Array.isArray(value)) for (const one of value) state.push([...path, name], one);
    else state.set([...path, name], value);
  }
}

const UNFINISHED: Record<string, string> = {
  length: 'the limit of tokens was reached (finish_reason length)',
  content_filter: 'a content filter stopped it (finish_reason content_filter)',
  insufficient_system_resource:
    'the server ran out of resources (finish_reason insufficient_system_resource)',
};

/** All choices have to be over; the one that went worst decides. */
function reportEnd(state: ReduceState): void {
  const root = state.root;
  if (root === null || !isFinished(root)) return;
  const reasons = objectsOf(root.choices).map(
    ({ finish_reason }): JsonValue => finish_reason ?? null,
  );
  if (reasons.includes('error')) {
    state.end('failed', 'finish_reason error');
    return;
  }
  const unfinished = reasons.find((reason) => typeof reason === 'string' && reason in UNFINISHED);
  if (typeof unfinished === 'string') state.end('incomplete', UNFINISHED[unfinished]);
  else state.end('completed');
}
