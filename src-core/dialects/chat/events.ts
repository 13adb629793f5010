import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import type { EventKind } from '../../responses/event-types.ts';
import type { Summary } from '../../summary.ts';
import { countOf, errorText, objectAt, objectsOf } from '../facts.ts';
import { compact, fragment, membersOf, tokens, words } from '../line.ts';
import { isChunk } from './reduce.ts';

/** The types that are made of what a chunk brings, since chunks have none of their own. */
const kinds: Record<string, EventKind> = {
  'delta.content': 'text',
  text: 'text',
  'delta.audio': 'text',
  'delta.refusal': 'refusal',
  'delta.reasoning': 'reasoning',
  'delta.tool_calls': 'arguments',
  'delta.function_call': 'arguments',
  'delta.annotations': 'part',
  'delta.images': 'part',
  'delta.role': 'item',
  message: 'item',
  finish_reason: 'lifecycle',
  usage: 'lifecycle',
  '[DONE]': 'lifecycle',
  prompt_filter_results: 'other',
  chunk: 'other',
  error: 'error',
};

export function chatKindOf(type: string): EventKind {
  return kinds[type] ?? 'other';
}

export function chatTypeOf(value: JsonValue | undefined, name: string, text: string): string {
  if (!isObject(value)) return text === '[DONE]' ? '[DONE]' : name || 'message';
  if (name === 'error' || (value.error ?? null) !== null) return 'error';
  if (!isChunk(value)) return stringOf(value.type) || name || 'message';
  const choices = objectsOf(value.choices);
  // What any choice brings, the most telling first.
  for (const choice of choices) {
    const brought = deltaType(choice);
    if (brought !== null) return brought;
  }
  if (choices.some((choice) => stringOf(choice.finish_reason) !== '')) return 'finish_reason';
  if (isObject(value.usage)) return 'usage';
  if (choices.some((choice) => isObject(choice.delta) && stringOf(choice.delta.role) !== ''))
    return 'delta.role';
  return 'prompt_filter_results' in value ? 'prompt_filter_results' : 'chunk';
}

function deltaType(choice: JsonObject): string | null {
  const delta = choice.delta;
  if (!isObject(delta)) {
    if (isObject(choice.message)) return 'message';
    return stringOf(choice.text) === '' ? null : 'text';
  }
  if (objectsOf(delta.tool_calls).length > 0) return 'delta.tool_calls';
  if (isObject(delta.function_call)) return 'delta.function_call';
  const content = contentOf(delta);
  if (content !== null) return content.reasons ? 'delta.reasoning' : 'delta.content';
  if (stringOf(delta.refusal) !== '') return 'delta.refusal';
  if (reasoningOf(delta) !== '' || objectsOf(delta.reasoning_details).length > 0)
    return 'delta.reasoning';
  if (isObject(delta.audio)) return 'delta.audio';
  if (objectsOf(delta.images).length > 0) return 'delta.images';
  return objectsOf(delta.annotations).length > 0 ? 'delta.annotations' : null;
}

/** The text of `content`, which may be a list of typed parts; null where there is none. */
function contentOf(delta: JsonObject): { text: string; reasons: boolean } | null {
  const { content } = delta;
  if (typeof content === 'string') return content === '' ? null : { text: content, reasons: false };
  const parts = objectsOf(content);
  if (parts.length === 0) return null;
  const texts = parts.filter(({ type }) => type === 'text').map(({ text }) => stringOf(text));
  if (texts.length > 0) return { text: texts.join(''), reasons: false };
  const thoughts = parts.flatMap(({ thinking }) => objectsOf(thinking));
  return { text: thoughts.map(({ text }) => stringOf(text)).join(''), reasons: true };
}

function reasoningOf(delta: JsonObject): string {
  const details = objectsOf(delta.reasoning_details);
  return (
    stringOf(delta.reasoning_content) ||
    stringOf(delta.reasoning) ||
    details.map((detail) => stringOf(detail.text) || stringOf(detail.summary)).join('')
  );
}

export function chatSummary(type: string, data: string, value: JsonValue | undefined): Summary {
  if (!isObject(value)) return words(data);
  if (type === 'error') return words(errorText(value.error ?? value));
  const choices = objectsOf(value.choices);
  const choice = choices.find((one) => deltaType(one) === type) ?? choices[0];
  const delta = isObject(choice?.delta) ? choice.delta : {};
  const tag = choices.length > 1 || Number(choice?.index) > 0 ? `choice ${choice?.index ?? 0}` : '';
  switch (type) {
    case 'delta.content':
      return { ...fragment(contentOf(delta)?.text ?? ''), tag };
    case 'text':
      return { ...fragment(stringOf(choice?.text)), tag };
    case 'delta.reasoning':
      return { ...fragment(contentOf(delta)?.text ?? reasoningOf(delta)), tag };
    case 'delta.refusal':
      return { ...fragment(stringOf(delta.refusal)), tag };
    case 'delta.audio':
      return audioLine(isObject(delta.audio) ? delta.audio : {});
    case 'delta.tool_calls':
      return toolLine(objectsOf(delta.tool_calls));
    case 'delta.function_call':
      return callLine(isObject(delta.function_call) ? delta.function_call : {});
    case 'delta.role':
      return words(stringOf(delta.role), stringOf(value.model));
    case 'delta.annotations':
    case 'delta.images':
      return words(compact(delta[type.slice('delta.'.length)]));
    case 'message':
      return words(isObject(choice?.message) ? compact(choice.message.content) : '');
    case 'finish_reason':
      return words([finishes(choices), usageLine(value)].filter(Boolean).join(' · '));
    case 'usage':
      return words(usageLine(value));
    default:
      return words(membersOf(value));
  }
}

function finishes(choices: JsonObject[]): string {
  return choices
    .map((choice) => stringOf(choice.finish_reason))
    .filter(Boolean)
    .join(', ');
}

function usageLine(value: JsonObject): string {
  const usage = isObject(value.usage) ? value.usage : {};
  return tokens(
    countOf(usage.prompt_tokens),
    countOf(usage.completion_tokens),
    countOf(usage.total_tokens),
  );
}

function toolLine(calls: JsonObject[]): Summary {
  const call = objectAt(calls, 0) ?? {};
  const inner = isObject(call.function) ? call.function : isObject(call.custom) ? call.custom : {};
  return callLine(inner);
}

function callLine(call: JsonObject): Summary {
  const text = call.arguments ?? call.input;
  const shown =
    typeof text === 'string' ? text : text === undefined || text === null ? '' : compact(text);
  const name = stringOf(call.name);
  return shown === '' ? words(name === '' ? '' : 'call', name) : { ...fragment(shown), tag: name };
}

function audioLine(audio: JsonObject): Summary {
  if (stringOf(audio.transcript) !== '') return fragment(stringOf(audio.transcript));
  const data = stringOf(audio.data);
  return words(data === '' ? membersOf(audio) : `${data.length} characters of audio in base64`);
}
