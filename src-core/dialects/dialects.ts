import type { JsonObject } from '../json.ts';
import { chat } from './chat/chat.ts';
import type { Dialect, DialectId } from './dialect.ts';
import { gemini } from './gemini/gemini.ts';
import { messages } from './messages/messages.ts';
import { ollama } from './ollama/ollama.ts';
import { plain } from './plain/plain.ts';
import { responses } from './responses/responses.ts';

/** The adapters: one that is listed here is recognised, can be chosen, and is tested with all others. */
export const dialects: readonly Dialect[] = [responses, chat, messages, gemini, ollama, plain];

const byId = new Map<DialectId, Dialect>(dialects.map((dialect) => [dialect.id, dialect]));

/** The adapter of a wire protocol; the one of plain events where it has none. */
export function dialectOf(id: DialectId): Dialect {
  return byId.get(id) ?? plain;
}

/**
 * The dialect that an event speaks: the first that is certain, else the first that the event fits, null
 * where it says nothing.
 * @param name the frame's own event name, empty where it has none
 */
export function recognise(event: JsonObject, name: string): DialectId | null {
  let fits: DialectId | null = null;
  for (const dialect of dialects) {
    const certainty = dialect.recognise(event, name);
    if (certainty === 2) return dialect.id;
    if (certainty === 1) fits ??= dialect.id;
  }
  return fits;
}
