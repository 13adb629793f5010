import { isObject, type JsonObject, parseJson, stringOf } from '../../src-core/json.ts';
import { chooseExample, type Example } from './examples.ts';
import { finalResponse } from './final-response.ts';

/** What a request gets: an example as a stream, or a JSON text. */
export type Answer =
  | { kind: 'stream'; example: Example; note: string }
  | { kind: 'json'; status: number; body: JsonObject; note: string };

/** The request as far as the answer depends on it. */
export interface Asked {
  method: string;
  path: string;
  /** Null where the method has none. */
  body: string | null;
}

/** Decides what a request gets. Errors have the shape of the API's own. */
export function answerTo(asked: Asked, examples: readonly Example[]): Answer {
  const { method, path } = asked;
  if (path === '/v1/models' && method === 'GET') return models(examples);
  if (path !== '/v1/responses') {
    return failure(
      404,
      `There is no ${path} here: POST /v1/responses and GET /v1/models.`,
      'not_found',
    );
  }
  if (method !== 'POST') {
    return failure(405, `${path} takes POST, not ${method}.`, 'method_not_allowed');
  }
  const text = asked.body ?? '';
  const body = parseJson(text);
  if (body === undefined)
    return failure(400, 'The request body is not valid JSON.', 'invalid_json');
  if (!isObject(body))
    return failure(400, 'The request body is not a JSON object.', 'invalid_json');
  return example(body, examples);
}

function example(body: JsonObject, examples: readonly Example[]): Answer {
  const text = isObject(body.text) && isObject(body.text.format) ? body.text.format : {};
  const chosen = chooseExample(examples, {
    model: stringOf(body.model),
    format: stringOf(text.name),
  });
  if (chosen === null) return failure(503, 'There are no examples to serve.', 'no_examples');
  if ('unknown' in chosen) {
    const known = examples.map(({ name }) => `example/${name}`).join(', ');
    const message = `The model ${chosen.unknown} does not exist here. There are: ${known}.`;
    return failure(404, message, 'model_not_found', 'model');
  }
  if (body.stream === true) return { kind: 'stream', example: chosen, note: chosen.name };
  const response = finalResponse(chosen.body);
  if (!response) return failure(500, `The example ${chosen.name} has no end.`, 'no_response');
  return { kind: 'json', status: 200, body: response, note: `${chosen.name}, not streamed` };
}

function models(examples: readonly Example[]): Answer {
  const data = examples.map(({ name }) => ({
    id: `example/${name}`,
    object: 'model',
    created: 0,
    owned_by: 'deltascope',
  }));
  return { kind: 'json', status: 200, body: { object: 'list', data }, note: 'the examples' };
}

/** An answer in the API's error shape. */
export function failure(
  status: number,
  message: string,
  code: string,
  param: string | null = null,
): Answer {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return { kind: 'json', status, body: { error: { message, type, param, code } }, note: message };
}
