import type { Api } from '../apis.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';

/** Where a body says what the output has to be. */
export interface FormatPlace {
  /** The path to what goes where no schema is wanted. */
  format: readonly string[];
  /** The path to the object with the `schema` in it, and its name, description and strict flag. */
  holder: readonly string[];
  /** Whether it has those three; Messages knows the schema alone, and always keeps to it. */
  isNamed: boolean;
}

/** Responses is flat, Chat Completions nests (protocol: request side), Messages as @anthropic-ai/sdk 1.12. */
export const FORMAT_PLACES: Readonly<Record<Api, FormatPlace>> = {
  responses: { format: ['text', 'format'], holder: ['text', 'format'], isNamed: true },
  chat: {
    format: ['response_format'],
    holder: ['response_format', 'json_schema'],
    isNamed: true,
  },
  messages: {
    format: ['output_config', 'format'],
    holder: ['output_config', 'format'],
    isNamed: false,
  },
};

/** The object with the schema, where the body asks for an output by one. */
export function formatOf(api: Api, body: JsonObject): JsonObject | null {
  const { format, holder } = FORMAT_PLACES[api];
  const asked = valueAt(body, format);
  if (!isObject(asked) || asked.type !== 'json_schema') return null;
  const found = valueAt(body, holder);
  return isObject(found) ? found : null;
}

/** A format without its schema, to put one into. */
export function emptyFormat(api: Api, name: string, strict: boolean): JsonObject {
  const facts: JsonObject = FORMAT_PLACES[api].isNamed ? { name, strict } : {};
  return api === 'chat'
    ? { type: 'json_schema', json_schema: facts }
    : { type: 'json_schema', ...facts };
}

export function valueAt(body: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = body;
  for (const key of path) value = isObject(value) ? value[key] : undefined;
  return value;
}
