import type { JsonObject, JsonValue } from '../json.ts';

/** What the request that tries a schema can be written in, and the API that it is for. */
export const REQUEST_LANGUAGES = ['curl', 'python', 'typescript'] as const;
export type RequestLanguage = (typeof REQUEST_LANGUAGES)[number];
export const REQUEST_FORMS = ['responses', 'chat'] as const;
export type RequestForm = (typeof REQUEST_FORMS)[number];

/** What a client takes for granted, and code does not name. */
export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

export interface RequestParts {
  form: RequestForm;
  /** Without `stream`. */
  request: JsonObject;
  /** Without a slash at its end. */
  baseUrl: string;
}

/** Whether the model is made to call a function: then the arguments are the output. */
export function callsTool(request: JsonObject): boolean {
  return Array.isArray(request.tools);
}

/** The members of an object that are there, in their order. */
export function membersOf(value: JsonObject): [string, JsonValue][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : [[key, inner]],
  );
}
