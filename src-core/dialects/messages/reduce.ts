import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import { indexOf } from '../../responses/router.ts';
import type { ReduceState } from '../dialect.ts';
import { errorText, tell } from '../facts.ts';
import { blockAt, isCall, laneOf, startBlock } from './blocks.ts';

/**
 * Applies an event to the Message (protocol.md, section 6). Events of other types change nothing, as
 * the protocol asks of clients.
 */
export function reduceMessages(event: JsonObject, state: ReduceState, type: string): void {
  switch (event.type) {
    case 'message_start':
      if (isObject(event.message)) startMessage(event.message, state);
      return;
    // An answer that was not streamed.
    case 'message':
      if (Array.isArray(event.content)) {
        startMessage(event, state);
        reportEnd(state);
      }
      return;
    case 'content_block_start':
      if (isObject(event.content_block)) {
        ensureRoot(state);
        startBlock(event.content_block, placeOf(event, state), state);
      }
      return;
    case 'content_block_delta':
      if (isObject(event.delta)) reduceDelta(event.delta, event, state);
      return;
    case 'content_block_stop':
      stopBlock(event, state);
      return;
    case 'message_delta':
      reduceMessageDelta(event, state);
      return;
    case 'message_stop':
      reportEnd(state);
      return;
    default:
      if (event.type === 'error' || type === 'error') fail(event, state);
  }
}

function startMessage(message: JsonObject, state: ReduceState): void {
  state.begin({ ...message, content: [] });
  const { content } = message;
  if (!Array.isArray(content)) return;
  content.forEach((block, at) => {
    if (isObject(block)) startBlock(block, at, state);
  });
}

/** A stream may be joined in its middle. */
function ensureRoot(state: ReduceState): void {
  if (state.root === null) state.begin({ type: 'message', role: 'assistant', content: [] });
}

/** Where a block begins: at its index, at the end where it has none. */
function placeOf(event: JsonObject, state: ReduceState): number {
  const at = indexOf(event.index);
  const content = state.root?.content;
  return at >= 0 ? at : Array.isArray(content) ? content.length : 0;
}

/** The block of a delta without an index: the last one. */
function openPlace(event: JsonObject, state: ReduceState): number {
  const at = indexOf(event.index);
  const content = state.root?.content;
  return at >= 0 ? at : Math.max(0, (Array.isArray(content) ? content.length : 0) - 1);
}

/** What a delta of a type stands in where no event announced it. */
const implied: Record<string, JsonObject> = {
  text_delta: { type: 'text', text: '' },
  citations_delta: { type: 'text', text: '' },
  thinking_delta: { type: 'thinking', thinking: '' },
  signature_delta: { type: 'thinking', thinking: '' },
  input_json_delta: { type: 'tool_use', input: {} },
  compaction_delta: { type: 'compaction', content: null },
};

function reduceDelta(delta: JsonObject, event: JsonObject, state: ReduceState): void {
  const type = stringOf(delta.type);
  const missing = Object.hasOwn(implied, type) ? implied[type]! : null;
  if (missing === null) return;
  ensureRoot(state);
  const at = openPlace(event, state);
  const path = ['content', at];
  if (blockAt(state.root, at) === null) state.set(path, missing);
  const block = blockAt(state.root, at)!;
  const append = (member: string, fragment: JsonValue | undefined): void => {
    const text = stringOf(fragment);
    if (text !== '') state.append(laneOf(block, at), [...path, member], text);
  };
  switch (type) {
    case 'text_delta':
      return append('text', delta.text);
    case 'thinking_delta':
      return append('thinking', delta.thinking);
    case 'compaction_delta':
      return append('content', delta.content);
    case 'input_json_delta':
      // A stop looks for it, so it has to be there even while it is empty.
      if (!('partial_json' in block)) state.set([...path, 'partial_json'], '');
      return append('partial_json', delta.partial_json);
    case 'signature_delta':
      state.set([...path, 'signature'], delta.signature ?? null);
      return;
    case 'citations_delta':
      if (delta.citation === undefined) return;
      if (!Array.isArray(block.citations)) state.set([...path, 'citations'], []);
      state.push([...path, 'citations'], delta.citation);
  }
}

function stopBlock(event: JsonObject, state: ReduceState): void {
  const at = openPlace(event, state);
  const block = blockAt(state.root, at);
  if (block !== null && 'partial_json' in block)
    state.parse(['content', at, 'partial_json'], ['content', at, 'input']);
}

/** Counts are of the message so far: what is there overwrites, nothing is added. */
function reduceMessageDelta(event: JsonObject, state: ReduceState): void {
  ensureRoot(state);
  const none = new Set<string>();
  if (isObject(event.delta)) tell(state, [], state.root, event.delta, none);
  const usage = state.root?.usage;
  if (isObject(event.usage))
    tell(state, ['usage'], isObject(usage) ? usage : null, event.usage, none);
  // context_management, and what gateways add.
  tell(state, [], state.root, event, new Set(['type', 'delta', 'usage']));
}

const UNFINISHED: Record<string, string> = {
  max_tokens: 'the limit of tokens was reached (stop_reason max_tokens)',
  model_context_window_exceeded:
    'the context window is full (stop_reason model_context_window_exceeded)',
  pause_turn: 'the turn was paused, to be sent again (stop_reason pause_turn)',
  refusal: 'it was refused (stop_reason refusal)',
};

function reportEnd(state: ReduceState): void {
  const reason = stringOf(state.root?.stop_reason);
  const details = state.root?.stop_details;
  const explanation = isObject(details) ? stringOf(details.explanation).replace(/\.$/, '') : '';
  const words = Object.hasOwn(UNFINISHED, reason) ? UNFINISHED[reason]! : null;
  if (words === null) state.end('completed');
  else state.end('incomplete', explanation === '' ? words : `${words}: ${explanation}`);
}

function fail(event: JsonObject, state: ReduceState): void {
  const error = event.error ?? event;
  if (state.root === null) state.begin({ type: 'error', error });
  else state.set(['error'], error);
  state.end('failed', errorText(error));
}

/** The text of a call's block that a list shows beside its kind. */
export function nameOf(block: JsonObject): string {
  return isCall(block) ? stringOf(block.name) : '';
}
