import { isObject, type JsonObject } from '../../json.ts';
import { objectAt } from '../facts.ts';

/** Where things stand in the reduced `chat.completion`. */
export function choiceAt(root: JsonObject | null, at: number): JsonObject | null {
  return objectAt(root?.choices, at);
}

export function messageAt(root: JsonObject | null, at: number): JsonObject {
  const message = choiceAt(root, at)?.message;
  return isObject(message) ? message : {};
}

export function toolCallAt(root: JsonObject | null, at: number, place: number): JsonObject | null {
  return objectAt(messageAt(root, at).tool_calls, place);
}
