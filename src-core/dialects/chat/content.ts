import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import type { LanePlace, ReduceState } from '../dialect.ts';
import { factsOf, objectAt, objectsOf } from '../facts.ts';
import { messageAt } from './choices.ts';

/** A fragment of a text, or with `whole` all of it. */
export function write(
  state: ReduceState,
  lane: LanePlace,
  path: readonly (string | number)[],
  text: string,
  whole: boolean,
): void {
  if (whole) state.text(lane, path, text);
  else if (text !== '') state.append(lane, path, text);
}

/** `delta.content`: a string, or (Mistral) a list of typed parts. */
export function reduceContent(
  content: JsonValue | undefined,
  at: number,
  state: ReduceState,
  whole: boolean,
): void {
  const path = ['choices', at, 'message', 'content'];
  if (Array.isArray(content)) {
    for (const part of content)
      if (isObject(part)) reducePart(part, at, state);
      else if (typeof part === 'string') reducePart({ type: 'text', text: part }, at, state);
    return;
  }
  if (typeof content !== 'string' || content === '') return;
  if (Array.isArray(messageAt(state.root, at).content))
    reducePart({ type: 'text', text: content }, at, state);
  else write(state, { kind: 'output_text', outputIndex: at, subIndex: -1 }, path, content, whole);
}

/**
 * A typed part continues the one before if it is of the same type, which has a lane of its own. After
 * a string its text goes on in the string: a text that stands in the object can't be moved.
 */
function reducePart(part: JsonObject, at: number, state: ReduceState): void {
  const content = messageAt(state.root, at).content;
  const path = ['choices', at, 'message', 'content'];
  const texts = textsOf(part);
  if (typeof content === 'string') {
    const reasons = part.type === 'thinking';
    const lane = {
      kind: reasons ? ('reasoning_text' as const) : ('output_text' as const),
      outputIndex: at,
      subIndex: -1,
    };
    const field = reasons ? ['choices', at, 'message', 'reasoning_content'] : path;
    if (texts !== null) write(state, lane, field, texts, false);
    return;
  }
  const parts = Array.isArray(content) ? content : [];
  if (!Array.isArray(content)) state.set(path, []);
  if (texts === null) {
    state.push(path, part);
    return;
  }
  const last = objectAt(parts, parts.length - 1);
  const place = last?.type === part.type ? parts.length - 1 : parts.length;
  const isThinking = part.type === 'thinking';
  if (place === parts.length)
    state.push(
      path,
      isThinking
        ? { type: 'thinking', thinking: [{ type: 'text', text: '' }] }
        : { type: 'text', text: '' },
    );
  for (const [name, value] of factsOf(part, new Set(['type', 'text', 'thinking'])))
    if (last?.[name] !== value) state.set([...path, place, name], value);
  const lane = {
    kind: isThinking ? ('reasoning_text' as const) : ('output_text' as const),
    outputIndex: at,
    subIndex: place,
  };
  const text = isThinking ? [...path, place, 'thinking', 0, 'text'] : [...path, place, 'text'];
  write(state, lane, text, texts, false);
}

/** The text of a part that is one, else null. */
function textsOf(part: JsonObject): string | null {
  if (part.type === 'text') return stringOf(part.text);
  if (part.type !== 'thinking') return null;
  if (typeof part.thinking === 'string') return part.thinking;
  return objectsOf(part.thinking)
    .map((piece) => stringOf(piece.text))
    .join('');
}

/**
 * Reasoning in the fields servers use: `reasoning_content` (DeepSeek, llama.cpp, z.ai), `reasoning`
 * (OpenRouter, Ollama), and the typed pieces of `reasoning_details` (OpenRouter). Where several carry
 * the same text it is kept once: in the field that came first, and pieces keep what else they say.
 */
export function reduceReasoning(
  delta: JsonObject,
  at: number,
  state: ReduceState,
  whole: boolean,
): void {
  const path = ['choices', at, 'message'];
  const message = messageAt(state.root, at);
  const fields = ['reasoning_content', 'reasoning'];
  const text = fields.map((name) => stringOf(delta[name])).find((value) => value !== '') ?? '';
  if (text !== '') {
    const field =
      fields.find((name) => typeof message[name] === 'string') ??
      fields.find((name) => stringOf(delta[name]) !== '')!;
    const lane = { kind: 'reasoning_text' as const, outputIndex: at, subIndex: -1 };
    write(state, lane, [...path, field], text, whole);
  }
  for (const detail of objectsOf(delta.reasoning_details))
    reduceDetail(detail, at, state, text !== '');
}

const DETAIL_TEXTS = new Set(['text', 'summary']);

function reduceDetail(detail: JsonObject, at: number, state: ReduceState, isCopy: boolean): void {
  const list = ['choices', at, 'message', 'reasoning_details'];
  const known = messageAt(state.root, at).reasoning_details;
  const count = Array.isArray(known) ? known.length : 0;
  const last = objectAt(known, count - 1);
  const continues = last !== null && last.type === detail.type && last.index === detail.index;
  const place = continues ? count - 1 : count;
  const facts = factsOf(detail, DETAIL_TEXTS);
  if (!continues) state.push(list, Object.fromEntries(facts));
  else
    for (const [name, value] of facts)
      if (last[name] !== value) state.set([...list, place, name], value);
  if (isCopy) return;
  const isSummary = typeof detail.summary === 'string';
  const text = stringOf(isSummary ? detail.summary : detail.text);
  const kind = isSummary ? 'reasoning_summary' : 'reasoning_text';
  const lane = { kind, outputIndex: at, subIndex: place } as const;
  write(state, lane, [...list, place, isSummary ? 'summary' : 'text'], text, false);
}
