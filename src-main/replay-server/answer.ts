import { type Api, API_FACTS, APIS } from '../../src-core/apis.ts';
import { isObject, type JsonObject, parseJson, stringOf } from '../../src-core/json.ts';
import { FORMAT_PLACES, valueAt } from '../../src-core/request-body/format-place.ts';
import { chooseExample, type Example } from './examples.ts';
import { failure, inFormOf, type JsonAnswer } from './failure.ts';
import { finalObject } from './final-response.ts';
import { answerFromSchema, FROM_SCHEMA, type SchemaAnswers } from './from-schema.ts';
import { wantedBy } from './wanted.ts';

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
  | JsonAnswer;

/** The request as far as the answer depends on it. */
export interface Asked {
  method: string;
  path: string;
  /** Null where the method has none. */
  body: string | null;
}

const BASE = '/v1';

/** Decides what a request gets. Errors have the shape of the API's own. */
export async function answerTo(
  asked: Asked,
  examples: readonly Example[],
  schemas: SchemaAnswers,
): Promise<Answer> {
  const { method, path } = asked;
  if (path === `${BASE}/models` && method === 'GET') return models(examples);
  const api = APIS.find((one) => path === BASE + API_FACTS[one].path);
  if (!api) {
    const paths = APIS.map((one) => `POST ${BASE}${API_FACTS[one].path}`).join(', ');
    return failure(404, `There is no ${path} here: ${paths} and GET ${BASE}/models.`, 'not_found');
  }
  const answer = await answerOf(api, asked, examples, schemas);
  return answer.kind === 'json' ? inFormOf(api, answer) : answer;
}

async function answerOf(
  api: Api,
  { method, path, body: sent }: Asked,
  all: readonly Example[],
  schemas: SchemaAnswers,
): Promise<Answer> {
  if (method !== 'POST')
    return failure(405, `${path} takes POST, not ${method}.`, 'method_not_allowed');
  const text = sent ?? '';
  const body = parseJson(text);
  if (body === undefined)
    return failure(400, 'The request body is not valid JSON.', 'invalid_json');
  if (!isObject(body))
    return failure(400, 'The request body is not a JSON object.', 'invalid_json');
  const examples = all.filter((one) => one.api === api);
  const model = stringOf(body.model);
  if (model === FROM_SCHEMA) return answerFromSchema(api, body, text, schemas);
  const holder = valueAt(body, FORMAT_PLACES[api].holder);
  const format = isObject(holder) ? stringOf(holder.name) : '';
  const chosen = chooseExample(examples, { model, format });
  if (chosen === null) return failure(503, 'There are no examples to serve.', 'no_examples');
  if ('unknown' in chosen) {
    const message = `The model ${chosen.unknown} does not exist here. There are: ${modelsOf(examples).join(', ')}.`;
    return failure(404, message, 'model_not_found', 'model');
  }
  // Only the Responses API has a recording that fits a schema which many ask for.
  const isAsked = [chosen.name, `example/${chosen.name}`].includes(model);
  const fits = isAsked || chosen.formats.includes(format);
  if (api !== 'responses' && !fits && wantedBy(api, body, text))
    return answerFromSchema(api, body, text, schemas);
  return example(api, body, chosen);
}

function example(api: Api, body: JsonObject, chosen: Example): Answer {
  if (body.stream === true)
    return { kind: 'stream', stream: chosen, seed: 0, headers: {}, note: chosen.name };
  const whole = finalObject(api, chosen.body);
  if (!whole) return failure(500, `The example ${chosen.name} has no end.`, 'no_response');
  return { kind: 'json', status: 200, body: whole, note: `${chosen.name}, not streamed` };
}

/** What a request may name as its model. */
export function modelsOf(examples: readonly Example[]): string[] {
  return [...examples.map(({ name }) => `example/${name}`), FROM_SCHEMA];
}

function models(examples: readonly Example[]): Answer {
  const data = modelsOf(examples).map((id) => ({
    id,
    object: 'model',
    created: 0,
    owned_by: 'deltascope',
  }));
  return { kind: 'json', status: 200, body: { object: 'list', data }, note: 'the models' };
}
