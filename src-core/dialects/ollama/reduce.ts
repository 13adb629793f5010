import { isObject, type JsonObject, stringOf } from '../../json.ts';
import type { LanePlace, ReduceState } from '../dialect.ts';
import { errorText, objectAt, objectsOf, tell } from '../facts.ts';
import { compact } from '../line.ts';

/** `created_at` is the time of each line: the first and the last are kept. */
const NOT_OF_ROOT = new Set(['message', 'response', 'thinking', 'created_at', 'logprobs', 'error']);
const NOT_OF_MESSAGE = new Set(['content', 'thinking', 'tool_calls']);

export function isLine(event: JsonObject): boolean {
  return typeof event.done === 'boolean' || isObject(event.message) || 'response' in event;
}

/**
 * Merges a line of `/api/chat` or `/api/generate` into the last one (protocol.md, section 6): texts
 * append, tool calls arrive whole and are added to the list.
 */
export function reduceOllama(event: JsonObject, state: ReduceState, type: string): void {
  const error = event.error ?? null;
  if (error !== null || type === 'error') {
    const failure = error ?? event;
    if (state.root === null) state.begin({ error: failure });
    else state.set(['error'], failure);
    state.end('failed', errorText(failure));
    return;
  }
  if (!isLine(event)) return;
  if (state.root === null || state.root.done === true) begin(event, state);
  tell(state, [], state.root, event, NOT_OF_ROOT);
  if (isObject(event.message)) reduceMessage(event.message, state);
  write(state, 'output_text', ['response'], event.response);
  write(state, 'reasoning_text', ['thinking'], event.thinking);
  if (Array.isArray(event.logprobs))
    for (const one of event.logprobs) state.push(['logprobs'], one);
  if (event.done === true) reportEnd(event, state);
}

function begin(event: JsonObject, state: ReduceState): void {
  const { model, created_at } = event;
  const root: JsonObject = {};
  if (model !== undefined) root.model = model;
  if (created_at !== undefined) root.created_at = created_at;
  if (isObject(event.message)) root.message = { role: 'assistant', content: '' };
  else if ('response' in event) root.response = '';
  state.begin({ ...root, done: false });
}

function reduceMessage(message: JsonObject, state: ReduceState): void {
  const known = state.root?.message;
  tell(state, ['message'], isObject(known) ? known : null, message, NOT_OF_MESSAGE);
  write(state, 'reasoning_text', ['message', 'thinking'], message.thinking);
  write(state, 'output_text', ['message', 'content'], message.content);
  for (const call of objectsOf(message.tool_calls)) {
    const now = state.root?.message;
    const calls = isObject(now) && Array.isArray(now.tool_calls) ? now.tool_calls : [];
    const subIndex = calls.length;
    state.push(['message', 'tool_calls'], call);
    const given = objectAt([call], 0)?.function;
    if (!isObject(given) || given.arguments === undefined) continue;
    const text = typeof given.arguments === 'string' ? given.arguments : compact(given.arguments);
    state.text({ kind: 'function_arguments', outputIndex: 0, subIndex }, null, text);
  }
}

function write(
  state: ReduceState,
  kind: LanePlace['kind'],
  path: readonly string[],
  text: unknown,
): void {
  if (typeof text !== 'string' || text === '') return;
  state.append({ kind, outputIndex: 0, subIndex: -1 }, path, text);
}

function reportEnd(event: JsonObject, state: ReduceState): void {
  if (event.created_at !== undefined) state.set(['created_at'], event.created_at);
  const reason = stringOf(event.done_reason);
  if (reason === 'length')
    state.end('incomplete', 'the limit of tokens was reached (done_reason length)');
  else state.end('completed');
}
