import type { DialectId } from '../dialects/dialect.ts';
import { objectsOf } from '../dialects/facts.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';
import { chatMessage, itemParts } from './input-messages.ts';
import { geminiPart, type Message, textPart } from './message-parts.ts';

/** What the model answered: one message a choice or candidate, with the reason that it ended. */
export function outputMessages(
  dialect: DialectId,
  root: JsonObject,
  finished: readonly string[],
): Message[] {
  return generations(dialect, root).map((parts, at) => ({
    role: 'assistant',
    parts,
    finish_reason: finished[at] ?? 'error',
  }));
}

function generations(dialect: DialectId, root: JsonObject): JsonObject[][] {
  switch (dialect) {
    case 'responses':
      return [objectsOf(root.output).flatMap(itemParts)];
    case 'chat':
      return objectsOf(root.choices).map(({ message }) =>
        isObject(message) ? chatMessage(message).parts : [],
      );
    case 'messages':
      return [chatMessage(root).parts];
    case 'gemini':
      return objectsOf(root.candidates).map(({ content }) =>
        isObject(content) ? objectsOf(content.parts).map(geminiPart) : [],
      );
    case 'ollama':
      if (isObject(root.message)) return [chatMessage(root.message).parts];
      return [stringOf(root.response) === '' ? [] : [textPart(stringOf(root.response))]];
    default:
      return [];
  }
}
