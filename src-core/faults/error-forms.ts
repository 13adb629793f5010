import type { DialectId } from '../dialects/dialect.ts';
import type { JsonObject } from '../json.ts';

/**
 * An error within a stream, as servers of a dialect send it: recordings of OpenAI nest it in an `error`
 * event, Messages names its kind in `type`, Chat Completions and Gemini send a chunk that is nothing but an
 * error, Ollama a line with a text.
 * @param number the event's `sequence_number`, null for none; only Responses has one
 */
export function errorOf(
  dialect: DialectId,
  message: string,
  code: string,
  number: number | null,
): JsonObject {
  switch (dialect) {
    case 'responses': {
      const error = { type: code, code, message, param: null };
      return { type: 'error', ...(number !== null && { sequence_number: number }), error };
    }
    case 'messages':
      return { type: 'error', error: { type: code, message } };
    case 'gemini':
      return { error: { code: 500, message, status: code } };
    case 'ollama':
      return { error: message };
    case 'chat':
    case 'plain':
      return { error: { message, type: code, param: null, code } };
  }
}

/** What an API says to a status, in its own words. */
interface StatusWords {
  message: string;
  type: string;
  code: string | null;
}

const OPENAI: Readonly<Record<number, StatusWords>> = {
  400: {
    message: 'We could not parse the JSON body of your request.',
    type: 'invalid_request_error',
    code: null,
  },
  401: {
    message: 'Incorrect API key provided.',
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  },
  403: {
    message: 'Country, region, or territory not supported',
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
  },
  404: {
    message: 'The model does not exist or you do not have access to it.',
    type: 'invalid_request_error',
    code: 'model_not_found',
  },
  429: {
    message: 'Rate limit reached. Please try again later.',
    type: 'requests',
    code: 'rate_limit_exceeded',
  },
  503: {
    message: 'The server is currently overloaded. Please try again later.',
    type: 'server_error',
    code: 'server_is_overloaded',
  },
};

const ANTHROPIC: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Google's canonical error codes. */
const GOOGLE: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

const SERVER_ERROR: StatusWords = {
  message: 'The server had an error while processing your request. Sorry about that!',
  type: 'server_error',
  code: null,
};

/** The body of an answer with an error status, in the form of the API whose stream was recorded. */
export function statusBody(dialect: DialectId, status: number, said?: string): JsonObject {
  const refused = { message: reasonOf(status), type: 'invalid_request_error', code: null };
  const words = OPENAI[status] ?? (status >= 500 ? SERVER_ERROR : refused);
  const message = said ?? words.message;
  switch (dialect) {
    case 'messages': {
      const type = ANTHROPIC[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
      return { type: 'error', error: { type, message } };
    }
    case 'gemini':
      return { error: { code: status, message, status: GOOGLE[status] ?? 'UNKNOWN' } };
    case 'ollama':
      return { error: message };
    case 'responses':
    case 'chat':
    case 'plain':
      return { error: { message, type: words.type, param: null, code: words.code } };
  }
}

const REASONS: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  529: 'Overloaded',
};

/** The reason phrase of a status (RFC 9110), "Error" for one that has none. */
export function reasonOf(status: number): string {
  return REASONS[status] ?? 'Error';
}
