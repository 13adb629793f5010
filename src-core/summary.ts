import { isObject, type JsonObject, type JsonValue, stringOf } from './json.ts';
import { responseIn, ruleOf } from './responses/event-types.ts';

/** One line about an event, for lists. */
export interface Summary {
  /** The fragment that a delta carries, as it is; null where the event is none. */
  delta: string | null;
  /** Plain words otherwise. */
  text: string;
  /** A fact set apart: the name of a schema, a tool. */
  tag: string;
}

const LONGEST = 300;

/** @param data the event's data as text; @param value the same parsed, undefined if no JSON. */
export function summaryOf(type: string, data: string, value: JsonValue | undefined): Summary {
  const plain = (text: string, tag = ''): Summary => ({ delta: null, text: shorten(text), tag });
  const fragment = (delta: string): Summary => ({ delta: shorten(delta), text: '', tag: '' });
  if (!isObject(value)) return plain(data);
  const rule = ruleOf(type);
  switch (rule?.op) {
    case 'append':
      return typeof value.delta === 'string' ? fragment(value.delta) : plain(compact(value.delta));
    case 'replace':
      return plain(stringOf(value[rule.field]));
    case 'shell-output': {
      const delta = isObject(value.delta) ? value.delta : {};
      return fragment(stringOf(delta.stdout) + stringOf(delta.stderr));
    }
    case 'begin':
    case 'renew':
    case 'final':
      return lifecycle(value, plain);
    case 'fatal': {
      const error = isObject(value.error) ? value.error : value;
      return plain(`${stringOf(error.code) || stringOf(error.type)}: ${stringOf(error.message)}`);
    }
    case 'item-added':
    case 'item-done':
      return isObject(value.item)
        ? plain(describeItem(value.item), stringOf(value.item.name))
        : plain('');
    case 'part-added':
    case 'part-done':
      return isObject(value.part) ? plain(stringOf(value.part.type)) : plain('');
    case 'annotation':
      return plain(isObject(value.annotation) ? describeAnnotation(value.annotation) : '');
    case 'status':
      return plain(stringOf(value.item_id));
    case 'none':
    case 'shell-output-done':
      return plain(restOf(value));
    default:
      return chatDelta(value) ?? plain(data);
  }
}

function lifecycle(event: JsonObject, plain: (text: string, tag?: string) => Summary): Summary {
  const response = responseIn(event);
  if (!isObject(response)) return plain('');
  const usage = response.usage;
  const error = response.error;
  const parts: string[] = [];
  if (isObject(error)) parts.push(`${stringOf(error.code)}: ${stringOf(error.message)}`);
  const details = response.incomplete_details;
  if (isObject(details)) parts.push(stringOf(details.reason));
  if (isObject(usage) && typeof usage.total_tokens === 'number')
    parts.push(
      `${usage.input_tokens} in, ${usage.output_tokens} out, ${usage.total_tokens} tokens`,
    );
  if (parts.length > 0) return plain(parts.join(' · '));
  const format = isObject(response.text) ? response.text.format : undefined;
  const schema =
    isObject(format) && format.type === 'json_schema' ? `json_schema ${stringOf(format.name)}` : '';
  return event.type === 'response.created' ? plain(stringOf(response.model), schema) : plain('');
}

function describeItem(item: JsonObject): string {
  return [item.type, item.id, item.status].filter((part) => typeof part === 'string').join(' ');
}

function describeAnnotation(annotation: JsonObject): string {
  const what =
    stringOf(annotation.title) || stringOf(annotation.url) || stringOf(annotation.filename);
  return `${stringOf(annotation.type)} ${what}`.trim();
}

/** The text of a Chat Completions chunk: these events carry no type of their own. */
function chatDelta(value: JsonObject): Summary | null {
  const choice = Array.isArray(value.choices) ? value.choices[0] : undefined;
  const delta = isObject(choice) ? choice.delta : undefined;
  if (isObject(delta) && typeof delta.content === 'string' && delta.content !== '')
    return { delta: shorten(delta.content), text: '', tag: '' };
  return null;
}

function restOf(value: JsonObject): string {
  const rest = Object.entries(value).filter(
    ([name]) => !['type', 'sequence_number', 'item_id', 'output_index'].includes(name),
  );
  return rest.length === 0 ? stringOf(value.item_id) : compact(Object.fromEntries(rest));
}

function compact(value: JsonValue | undefined): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // A value nested some thousand levels deep exhausts the printer's stack, not the parser's.
    return '(nested too deeply to show)';
  }
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/**
 * Makes visible what a fragment holds and nobody sees: · for a space, → for a tab, ↵ for a line's
 * end, and the marks that turn the direction of writing by their code.
 */
export function showWhitespace(text: string): string {
  return text
    .replaceAll(' ', '·')
    .replaceAll('\t', '→')
    .replace(/\r\n|\n|\r/g, '↵')
    .replace(
      /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      (mark) => `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase()}⟩`,
    );
}
