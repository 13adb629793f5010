import { randomBytes } from 'node:crypto';
import type { Api } from '../../src-core/apis.ts';
import { isObject, type JsonObject, stringOf } from '../../src-core/json.ts';
import { madeAnswer } from '../../src-core/made-stream/made-answer.ts';
import type { MadeOutput } from '../../src-core/made-stream/made-stream.ts';
import { FORMAT_PLACES } from '../../src-core/request-body/format-place.ts';
import { nameFinding } from '../../src-core/strict-schema/request-checks.ts';
import { lintSchema } from '../../src-core/strict-schema/lint.ts';
import { pickOf, seeded } from '../../src-core/seeded.ts';
import { Refusal } from '../refusal.ts';
import type { TaskRunner } from '../schemas/task-runner.ts';
import type { Answer } from './answer.ts';
import type { Example } from './examples.ts';
import { failure } from './failure.ts';
import { finalObject } from './final-response.ts';
import type { Plans } from './plans.ts';
import { type Wanted, wantedBy } from './wanted.ts';

/** The model that answers with what the schema of a request asks for. */
export const FROM_SCHEMA = 'from-schema';

const REFUSALS = [
  "I'm sorry, but I can't help with that request.",
  "I can't assist with that.",
  "I'm unable to provide this. If there is something else, I'm glad to help.",
];

export interface SchemaAnswers {
  tasks: TaskRunner;
  plans: Plans;
}

/**
 * The answer of the model `from-schema` (docs/built-in-endpoint.md): a stream made from the schema of
 * the output's format or of a function, as `metadata` has it. What strict mode refuses is refused with the
 * server's words.
 * @param text the body as it came
 */
export async function answerFromSchema(
  api: Api,
  body: JsonObject,
  text: string,
  { tasks, plans }: SchemaAnswers,
): Promise<Answer> {
  const wanted = wantedBy(api, body, text);
  if (!wanted) return noSchema(api);
  const isFormat = wanted.use === 'response_format';
  const isNamed = !isFormat || FORMAT_PLACES[api].isNamed;
  const named = isNamed ? nameFinding(wanted.name, isFormat ? 'format' : 'tool') : null;
  if (named) return failure(400, named.server ?? named.message, 'invalid_value', wanted.nameParam);
  const refused = wanted.strict ? strictFailure(wanted) : null;
  if (refused) return refused;
  const metadata = isObject(body.metadata) ? body.metadata : {};
  const seed = Number(stringOf(metadata.seed) || '1');
  if (!Number.isSafeInteger(seed))
    return failure(400, "'metadata.seed' is a whole number.", 'invalid_value', 'metadata.seed');
  const outcome = stringOf(metadata.outcome) || 'valid';
  if (!['valid', 'violation', 'refusal'].includes(outcome)) {
    const message = "'metadata.outcome' is one of: valid, violation, refusal.";
    return failure(400, message, 'invalid_value', 'metadata.outcome');
  }
  const plan = metadata.plan === undefined ? null : plans.get(stringOf(metadata.plan));
  if (metadata.plan !== undefined && !plan) {
    const message = "There is no such 'metadata.plan': plans end with the app that made them.";
    return failure(400, message, 'plan_not_found', 'metadata.plan');
  }
  try {
    if (plan?.kind === 'capture') return capturedAnswer(api, body, plan.name, plan.read());
    let planned: string | null = null;
    let content: string;
    if (plan) content = plan.text;
    else if (outcome === 'refusal') content = pickOf(seeded(seed), REFUSALS);
    else {
      const violated = outcome === 'violation';
      const made = await tasks.run('instance', { schema: wanted.schema, seed, violated });
      content = made.text;
      planned = made.pointer;
    }
    const isRefusal = outcome === 'refusal' && !plan;
    const output = outputOf(wanted, content, isRefusal);
    return answerWith(api, body, text, output, seed, planned);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return failure(400, error.message, error.code.replaceAll('-', '_'), wanted.param);
  }
}

function outputOf(wanted: Wanted, text: string, isRefusal: boolean): MadeOutput {
  if (isRefusal) return { kind: 'refusal', text };
  return wanted.use === 'function'
    ? { kind: 'call', name: wanted.name, text }
    : { kind: 'text', text };
}

function answerWith(
  api: Api,
  body: JsonObject,
  text: string,
  output: MadeOutput,
  seed: number,
  planned: string | null,
): Answer {
  const { stream, whole } = madeAnswer(api, {
    output,
    request: body,
    seed,
    id: randomBytes(25).toString('hex'),
    createdAt: Math.floor(Date.now() / 1000),
    inputTokens: Math.ceil(text.length / 4),
  });
  const at = planned === null ? '' : `, broken at ${planned}`;
  const note = `${FROM_SCHEMA}, seed ${seed}${at}`;
  if (body.stream !== true)
    return { kind: 'json', status: 200, body: whole, note: `${note}, not streamed` };
  const served = { name: FROM_SCHEMA, body: Buffer.from(stream), chunks: null };
  // A header holds ASCII only, and half a pair is no text.
  const headers: Record<string, string> =
    planned === null ? {} : { 'x-deltascope-planned': encodeURI(Buffer.from(planned).toString()) };
  return { kind: 'stream', stream: served, seed, headers, note };
}

function capturedAnswer(
  api: Api,
  body: JsonObject,
  name: string,
  read: Pick<Example, 'body' | 'chunks'>,
): Answer {
  if (body.stream === true) {
    const note = `the capture ${name}`;
    return { kind: 'stream', stream: { ...read, name: FROM_SCHEMA }, seed: 0, headers: {}, note };
  }
  const response = finalObject(api, read.body);
  if (!response) return failure(400, `The capture ${name} has no end.`, 'no_response');
  return { kind: 'json', status: 200, body: response, note: `${name}, not streamed` };
}

function noSchema(api: Api): Answer {
  const format = FORMAT_PLACES[api].format.join('.');
  const message =
    `The model ${FROM_SCHEMA} answers requests with a json_schema in ${format}, with one function ` +
    'tool, or with a tool_choice that names one.';
  return failure(400, message, 'no_schema', format);
}

/** What a real server would refuse: the first error, in its words where they are known. */
function strictFailure({ schema, name, use, param }: Wanted): Answer | null {
  const { findings } = lintSchema(schema, { target: 'openai', name, use });
  const error = findings.find(({ severity }) => severity === 'error');
  if (!error) return null;
  // What OpenAI would say is only said where it was seen.
  const message =
    error.server ??
    `Deltascope refuses the schema '${name}' by rule ${error.rule}: ${error.message}`;
  const code = use === 'function' ? 'invalid_function_parameters' : 'invalid_json_schema';
  return failure(400, message, code, param);
}
