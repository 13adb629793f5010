import { isObject, type JsonObject, stringOf } from '../../json.ts';
import { indexOf } from '../../responses/router.ts';
import type { ReduceState } from '../dialect.ts';
import { errorText, objectAt, objectsOf, tell } from '../facts.ts';
import { reducePart } from './parts.ts';

const NOT_OF_ROOT = new Set(['candidates', 'error']);
const NOT_OF_CANDIDATE = new Set(['content', 'index']);
const NOT_OF_CONTENT = new Set(['parts']);

export function isFrame(event: JsonObject): boolean {
  return (
    Array.isArray(event.candidates) ||
    isObject(event.promptFeedback) ||
    isObject(event.usageMetadata)
  );
}

/**
 * Merges a GenerateContentResponse into the one so far (protocol.md, section 6): parts append, and of
 * everything else the last that is said holds.
 */
export function reduceGemini(event: JsonObject, state: ReduceState, type: string): void {
  const error = event.error ?? null;
  if (error !== null || type === 'error') {
    const failure = error ?? event;
    if (state.root === null) state.begin({ error: failure });
    else state.set(['error'], failure);
    state.end('failed', errorText(failure));
    return;
  }
  if (!isFrame(event)) return;
  if (state.root === null || beginsAnother(event, state.root)) state.begin({ candidates: [] });
  tell(state, [], state.root, event, NOT_OF_ROOT);
  objectsOf(event.candidates).forEach((candidate, position) => {
    // A zero may be left out, as protocol buffers print it.
    const index = indexOf(candidate.index);
    reduceCandidate(candidate, index < 0 ? position : index, state);
  });
  const blocked = isObject(event.promptFeedback) ? stringOf(event.promptFeedback.blockReason) : '';
  if (blocked !== '') {
    const message = stringOf((event.promptFeedback as JsonObject).blockReasonMessage);
    state.end('failed', `the prompt was blocked (${blocked})${message && `: ${message}`}`);
  } else if (objectsOf(event.candidates).some(({ finishReason }) => stringOf(finishReason) !== ''))
    reportEnd(state);
}

function beginsAnother(event: JsonObject, root: JsonObject): boolean {
  const id = stringOf(event.responseId);
  return (
    id !== '' && stringOf(root.responseId) !== '' && root.responseId !== id && isFinished(root)
  );
}

function isFinished(root: JsonObject): boolean {
  const candidates = objectsOf(root.candidates);
  return (
    candidates.length > 0 && candidates.every(({ finishReason }) => stringOf(finishReason) !== '')
  );
}

function reduceCandidate(candidate: JsonObject, at: number, state: ReduceState): void {
  const path = ['candidates', at];
  if (objectAt(state.root?.candidates, at) === null) state.set(path, { index: at });
  if (isObject(candidate.content)) {
    const known = objectAt(state.root?.candidates, at)?.content;
    const content = isObject(known) ? known : null;
    if (content === null) state.set([...path, 'content'], { parts: [] });
    tell(state, [...path, 'content'], content, candidate.content, NOT_OF_CONTENT);
    for (const part of objectsOf(candidate.content.parts)) reducePart(part, at, state);
  }
  tell(state, path, objectAt(state.root?.candidates, at), candidate, NOT_OF_CANDIDATE);
}

const COMPLETE = new Set(['STOP', 'FINISH_REASON_UNSPECIFIED']);

/** Some servers send STOP with every frame, so an end may be said often. */
function reportEnd(state: ReduceState): void {
  const root = state.root;
  if (root === null || !isFinished(root)) return;
  const stopped = objectsOf(root.candidates).find(
    ({ finishReason }) => !COMPLETE.has(stringOf(finishReason)),
  );
  if (!stopped) {
    state.end('completed');
    return;
  }
  const reason = stringOf(stopped.finishReason);
  const message = stringOf(stopped.finishMessage);
  const words =
    reason === 'MAX_TOKENS' ? 'the limit of tokens was reached' : 'the server stopped it';
  state.end('incomplete', `${words} (finishReason ${reason})${message && `: ${message}`}`);
}
