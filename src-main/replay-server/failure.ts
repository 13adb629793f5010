import type { Api } from '../../src-core/apis.ts';
import type { JsonObject } from '../../src-core/json.ts';

/** An answer that is one JSON text. */
export interface JsonAnswer {
  kind: 'json';
  status: number;
  body: JsonObject;
  note: string;
}

/** Anthropic's words for statuses; others are `api_error`. */
const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  403: 'permission_error',
  404: 'not_found_error',
  405: 'invalid_request_error',
  413: 'request_too_large',
};

/** An error in the shape of OpenAI's: `inFormOf` gives it that of another API. */
export function failure(
  status: number,
  message: string,
  code: string,
  param: string | null = null,
): JsonAnswer {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return { kind: 'json', status, body: { error: { message, type, param, code } }, note: message };
}

/** A failure as clients of an API understand it. */
export function inFormOf(api: Api, answer: JsonAnswer): JsonAnswer {
  if (api !== 'messages' || answer.status < 400) return answer;
  const type = ANTHROPIC_TYPES[answer.status] ?? 'api_error';
  return { ...answer, body: { type: 'error', error: { type, message: answer.note } } };
}
