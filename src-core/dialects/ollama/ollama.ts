import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import type { EventKind } from '../../responses/event-types.ts';
import type { Summary } from '../../summary.ts';
import type { Dialect, LanePlace, Usage } from '../dialect.ts';
import { countOf, errorText, objectAt, objectsOf } from '../facts.ts';
import { compact, fragment, membersOf, tokens, words } from '../line.ts';
import { isLine, reduceOllama } from './reduce.ts';

/** Ollama's own API, a JSON object a line. */
export const ollama: Dialect = {
  id: 'ollama',
  title: 'Ollama',
  endsWith: 'a line with "done": true',
  recognise,
  typeOf,
  kindOf,
  summary,
  reduce: reduceOllama,
  usage,
  itemOf,
};

/** A line that is only an error says nothing: others send such too. */
function recognise(event: JsonObject): 0 | 1 | 2 {
  if (typeof event.done !== 'boolean' || typeof event.model !== 'string') return 0;
  return isObject(event.message) || typeof event.response === 'string' ? 2 : 0;
}

const kinds: Record<string, EventKind> = {
  'message.content': 'text',
  response: 'text',
  'message.thinking': 'reasoning',
  thinking: 'reasoning',
  'message.tool_calls': 'arguments',
  done: 'lifecycle',
  error: 'error',
};

function kindOf(type: string): EventKind {
  return kinds[type] ?? 'other';
}

function typeOf(value: JsonValue | undefined, name: string, text: string): string {
  if (!isObject(value)) return text === '[DONE]' ? '[DONE]' : name || 'message';
  if (name === 'error' || (value.error ?? null) !== null) return 'error';
  if (value.done === true) return 'done';
  if (!isLine(value)) return stringOf(value.type) || name || 'message';
  const message = isObject(value.message) ? value.message : {};
  if (objectsOf(message.tool_calls).length > 0) return 'message.tool_calls';
  if (stringOf(message.thinking) !== '') return 'message.thinking';
  if (stringOf(value.thinking) !== '') return 'thinking';
  return isObject(value.message) ? 'message.content' : 'response';
}

function summary(type: string, data: string, value: JsonValue | undefined): Summary {
  if (!isObject(value)) return words(data);
  const message = isObject(value.message) ? value.message : {};
  switch (type) {
    case 'message.content':
      return fragment(stringOf(message.content));
    case 'message.thinking':
      return fragment(stringOf(message.thinking));
    case 'response':
      return fragment(stringOf(value.response));
    case 'thinking':
      return fragment(stringOf(value.thinking));
    case 'message.tool_calls': {
      const call = objectAt(objectsOf(message.tool_calls), 0)?.function;
      if (!isObject(call)) return words('');
      return words(compact(call.arguments), stringOf(call.name));
    }
    case 'done': {
      const counts = tokens(countOf(value.prompt_eval_count), countOf(value.eval_count), null);
      return words([stringOf(value.done_reason), counts].filter(Boolean).join(' · '));
    }
    case 'error':
      return words(errorText(value.error ?? value));
    default:
      return words(membersOf(value));
  }
}

function usage(root: JsonObject | null): Usage | null {
  const input = countOf(root?.prompt_eval_count);
  const output = countOf(root?.eval_count);
  if (input === null && output === null) return null;
  return { input, output, total: null, cached: null, reasoning: null };
}

/** The tool call of arguments, else the message; a generated text stands in the response itself. */
function itemOf(root: JsonObject, lane: LanePlace): JsonObject | null {
  const message = isObject(root.message) ? root.message : null;
  if (lane.kind === 'function_arguments' && lane.subIndex >= 0)
    return objectAt(message?.tool_calls, lane.subIndex);
  return message ?? root;
}
