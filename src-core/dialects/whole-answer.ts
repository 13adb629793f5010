import type { JsonObject } from '../json.ts';
import type { DialectId } from './dialect.ts';
import { objectsOf } from './facts.ts';

/**
 * What an object is that a server answers with where it was not asked to stream, in words; null where it
 * may be an event of a stream, or is something else.
 */
export function wholeAnswer(event: JsonObject): string | null {
  const { object, type } = event;
  if (object === 'response' && Array.isArray(event.output)) return 'a whole response';
  if (object === 'chat.completion') return 'a whole chat completion';
  if (type === 'message' && Array.isArray(event.content)) return 'a whole message';
  if (objectsOf(event.candidates).length > 0) return 'a whole GenerateContentResponse';
  // Its stream ends with such a line as well, in which the text is empty.
  const isOver = event.done === true && typeof event.model === 'string';
  return isOver && textOf(event) !== '' ? 'a whole answer of Ollama' : null;
}

/** The dialect of an answer that was not asked to stream; null where its events tell it, or nothing does. */
export function wholeDialect({ object, type, output, content }: JsonObject): DialectId | null {
  if (object === 'response' && Array.isArray(output)) return 'responses';
  return type === 'message' && Array.isArray(content) ? 'messages' : null;
}

function textOf({ message, response }: JsonObject): unknown {
  const content = message !== null && typeof message === 'object' && 'content' in message;
  return (content ? message.content : response) ?? '';
}
