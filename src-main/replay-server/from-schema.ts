import { randomBytes } from 'node:crypto';
import { isObject, type JsonObject, stringOf } from '../../src-core/json.ts';
import { nodeAt, scanJsonText } from '../../src-core/json-text.ts';
import {
  madeStream,
  type MadeOutput,
  responseOf,
  streamText,
} from '../../src-core/made-stream/made-stream.ts';
import { nameFinding } from '../../src-core/strict-schema/request-checks.ts';
import { lintSchema } from '../../src-core/strict-schema/lint.ts';
import { pickOf, seeded } from '../../src-core/seeded.ts';
import { Refusal } from '../refusal.ts';
import type { TaskRunner } from '../schemas/task-runner.ts';
import { type Answer, failure } from './answer.ts';
import type { Example } from './examples.ts';
import { finalResponse } from './final-response.ts';
import type { Plans } from './plans.ts';

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

/** The schema that an answer has to fit. */
interface Wanted {
  /** The text as the request has it: its numbers and the order of its keys are kept. */
  schema: string;
  name: string;
  strict: boolean;
  use: 'response_format' | 'function';
  param: string;
}

/**
 * The answer of the model `from-schema` (docs/built-in-endpoint.md): a stream made from the schema of
 * `text.format` or of a function, as `metadata` has it. What strict mode refuses is refused with the
 * server's words.
 * @param text the body as it came
 */
export async function answerFromSchema(
  body: JsonObject,
  text: string,
  { tasks, plans }: SchemaAnswers,
): Promise<Answer> {
  const wanted = wantedBy(body, text);
  if ('kind' in wanted) return wanted;
  const isFormat = wanted.use === 'response_format';
  const named = nameFinding(wanted.name, isFormat ? 'format' : 'tool');
  if (named) {
    const param = isFormat ? 'text.format.name' : wanted.param.replace('.parameters', '.name');
    return failure(400, named.server ?? named.message, 'invalid_value', param);
  }
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
    if (plan?.kind === 'capture') return capturedAnswer(body, plan.name, plan.read());
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
    return madeAnswer(body, text, outputOf(wanted, content, isRefusal), seed, planned);
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

function madeAnswer(
  body: JsonObject,
  text: string,
  output: MadeOutput,
  seed: number,
  planned: string | null,
): Answer {
  const events = madeStream({
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
    return { kind: 'json', status: 200, body: responseOf(events), note: `${note}, not streamed` };
  const stream = { name: FROM_SCHEMA, body: Buffer.from(streamText(events)), chunks: null };
  // A header holds ASCII only, and half a pair is no text.
  const headers: Record<string, string> =
    planned === null ? {} : { 'x-deltascope-planned': encodeURI(Buffer.from(planned).toString()) };
  return { kind: 'stream', stream, seed, headers, note };
}

function capturedAnswer(
  body: JsonObject,
  name: string,
  read: Pick<Example, 'body' | 'chunks'>,
): Answer {
  if (body.stream === true) {
    const note = `the capture ${name}`;
    return { kind: 'stream', stream: { ...read, name: FROM_SCHEMA }, seed: 0, headers: {}, note };
  }
  const response = finalResponse(read.body);
  if (!response) return failure(400, `The capture ${name} has no end.`, 'no_response');
  return { kind: 'json', status: 200, body: response, note: `${name}, not streamed` };
}

/** Which schema of a request is to be answered: a format, or a function that may be called. */
function wantedBy(body: JsonObject, text: string): Wanted | Answer {
  const format = isObject(body.text) && isObject(body.text.format) ? body.text.format : null;
  if (format?.type === 'json_schema' && isObject(format.schema)) {
    return {
      schema: textAt(text, ['text', 'format', 'schema']),
      name: stringOf(format.name),
      strict: format.strict === true,
      use: 'response_format',
      param: 'text.format.schema',
    };
  }
  const tools = Array.isArray(body.tools) ? body.tools : [];
  const functions = tools.flatMap((tool, at) =>
    isObject(tool) && tool.type === 'function' && isObject(tool.parameters) ? [{ tool, at }] : [],
  );
  const choice = isObject(body.tool_choice) ? stringOf(body.tool_choice.name) : null;
  const chosen = choice === null ? functions : functions.filter(({ tool }) => tool.name === choice);
  const [first] = chosen;
  if (!first || (chosen.length > 1 && body.tool_choice !== 'required')) {
    const message =
      `The model ${FROM_SCHEMA} answers requests with a json_schema in text.format, with one function ` +
      'tool, or with a tool_choice that names one.';
    return failure(400, message, 'no_schema', 'text.format');
  }
  return {
    schema: textAt(text, ['tools', String(first.at), 'parameters']),
    name: stringOf(first.tool.name),
    strict: first.tool.strict === true,
    use: 'function',
    param: `tools[${first.at}].parameters`,
  };
}

/** The text of a value as it stands in a JSON text. */
function textAt(text: string, path: readonly string[]): string {
  let { root: node } = scanJsonText(text);
  for (const key of path) {
    if (!node) break;
    node = node.kind === 'array' ? (node.items[Number(key)] ?? null) : nodeAt(node, [key]);
  }
  return node ? text.slice(node.start, node.end) : '{}';
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
