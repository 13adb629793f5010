import { type Api, APIS } from '../apis.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** What the request that tries a schema can be written in, and the API that it is for. */
export const REQUEST_LANGUAGES = ['curl', 'python', 'typescript'] as const;
export type RequestLanguage = (typeof REQUEST_LANGUAGES)[number];
export const REQUEST_FORMS = APIS;
export type RequestForm = Api;

/** What a client takes for granted, and code does not name. */
export const DEFAULT_BASE_URLS: Readonly<Record<RequestForm, string>> = {
  responses: 'https://api.openai.com/v1',
  chat: 'https://api.openai.com/v1',
  messages: 'https://api.anthropic.com/v1',
};

/** The environment variable that the key is read from, as the official clients read it. */
export const keyVariable = (form: RequestForm): string =>
  form === 'messages' ? 'ANTHROPIC_API_KEY' : 'OPENAI_API_KEY';

/** The method of an official client that makes the request. */
export const CREATE = {
  responses: 'responses.create',
  chat: 'chat.completions.create',
  messages: 'messages.create',
} as const;

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

/** What a client has to be told of the address; null where it is the one that it takes for granted. */
export function clientUrl({ form, baseUrl }: RequestParts): string | null {
  if (baseUrl === DEFAULT_BASE_URLS[form]) return null;
  // Anthropic's clients add /v1 themselves.
  return form === 'messages' ? baseUrl.replace(/\/v1$/, '') : baseUrl;
}

/** The members of an object that are there, in their order. */
export function membersOf(value: JsonObject): [string, JsonValue][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : [[key, inner]],
  );
}
