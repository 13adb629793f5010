import { isObject, type JsonObject, parseJson, stringOf } from '../../src-core/json.ts';
import { chooseExample, type Example } from './examples.ts';
import { finalResponse } from './final-response.ts';
import { answerFromSchema, FROM_SCHEMA, type SchemaAnswers } from './from-schema.ts';

/** What a request gets: an example or a made stream, or a JSON text. */
export type Answer =
  | {
      kind: 'stream';
      stream: Pick<Example, 'name' | 'body' | 'chunks'>;
      /** Of the rhythm of a stream without recorded times: see `gapUs`. */
      seed: number;
      headers: Readonly<Record<string, string>>;
      note: string;
    }
  | { kind: 'json'; status: number; body: JsonObject; note: string };

/** The request as far as the answer depends on it. */
export interface Asked {
  method: string;
  path: string;
  /** Null where the method has none. */
  body: string | null;
}

/** Decides what a request gets. Errors have the shape of the API's own. */
export async function answerTo(
  asked: Asked,
  examples: readonly Example[],
  schemas: SchemaAnswers,
): Promise<Answer> {
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
  if (body.model === FROM_SCHEMA) return answerFromSchema(body, text, schemas);
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
    const known = [...examples.map(({ name }) => `example/${name}`), FROM_SCHEMA].join(', ');
    const message = `The model ${chosen.unknown} does not exist here. There are: ${known}.`;
    return failure(404, message, 'model_not_found', 'model');
  }
  if (body.stream === true)
    return { kind: 'stream', stream: chosen, seed: 0, headers: {}, note: chosen.name };
  const response = finalResponse(chosen.body);
  if (!response) return failure(500, `The example ${chosen.name} has no end.`, 'no_response');
  return { kind: 'json', status: 200, body: response, note: `${chosen.name}, not streamed` };
}

function models(examples: readonly Example[]): Answer {
  const names = [...examples.map(({ name }) => `example/${name}`), FROM_SCHEMA];
  const data = names.map((id) => ({
    id,
    object: 'model',
    created: 0,
    owned_by: 'deltascope',
  }));
  return { kind: 'json', status: 200, body: { object: 'list', data }, note: 'the models' };
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
