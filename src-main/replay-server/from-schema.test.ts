import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { directTasks } from '../testing/direct-tasks.ts';
import { Plans } from './plans.ts';
import { ReplayServer } from './server.ts';

const PERSON = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};

async function started() {
  const plans = new Plans();
  const server = new ReplayServer([], { tasks: directTasks, plans }, () => undefined);
  server.setSpeed('instant');
  await server.start();
  onTestFinished(async () => void (await server.stop()));
  const client = new OpenAI({ baseURL: server.url, apiKey: 'x', maxRetries: 0 });
  return { client, plans, server };
}
const format = (schema: object = PERSON, strict = true) => ({
  format: { type: 'json_schema' as const, name: 'person', schema: schema as never, strict },
});
const asked = { model: 'from-schema', input: 'Who?' };

test('the official client finds the model, and parses what it answers by its own schema', async () => {
  const { client } = await started();
  const ids: string[] = [];
  for await (const model of client.models.list()) ids.push(model.id);
  expect(ids).toEqual(['from-schema']);
  const Book = z.object({ title: z.string(), year: z.number().int(), tags: z.array(z.string()) });
  const response = await client.responses.parse({
    ...asked,
    text: { format: zodTextFormat(Book, 'book') },
  });
  expect(Book.parse(response.output_parsed)).toEqual(JSON.parse(response.output_text));
});

test('the seed decides, streamed or not', async () => {
  const { client } = await started();
  const create = async (seed: string) =>
    (await client.responses.create({ ...asked, text: format(), metadata: { seed } })).output_text;
  const stream = client.responses.stream({ ...asked, text: format(), metadata: { seed: '5' } });
  expect((await stream.finalResponse()).output_text).toBe(await create('5'));
  const made = new Set(await Promise.all(['1', '2', '3', '4', '5'].map(create)));
  expect(made.size).toBeGreaterThan(2);
});

test('a function is called, by choice or as the only one', async () => {
  const { client } = await started();
  const tool = (name: string) =>
    ({ type: 'function', name, parameters: PERSON, strict: true }) as const;
  const one = await client.responses.create({ ...asked, tools: [tool('a')] });
  expect(one.output).toMatchObject([{ type: 'function_call', name: 'a' }]);
  const chosen = await client.responses.create({
    ...asked,
    tools: [tool('a'), tool('b')],
    tool_choice: { type: 'function', name: 'b' },
  });
  expect(chosen.output).toMatchObject([{ type: 'function_call', name: 'b' }]);
  await expect(
    client.responses.create({ ...asked, tools: [tool('a'), tool('b')] }),
  ).rejects.toMatchObject({ status: 400, code: 'no_schema' });
});

test('a given text is streamed as it is', async () => {
  const { client, plans } = await started();
  const plan = plans.register({ kind: 'instance', text: '{"name":1}' });
  const response = await client.responses.create({ ...asked, text: format(), metadata: { plan } });
  expect(response.output_text).toBe('{"name":1}');
});

describe('it refuses', () => {
  const refused = async (more: object) => {
    const { client } = await started();
    return client.responses
      .create({ ...asked, ...more } as OpenAI.Responses.ResponseCreateParamsNonStreaming)
      .then(
        () => expect.fail('it was answered'),
        (error: unknown) => error as InstanceType<typeof OpenAI.APIError>,
      );
  };

  test('what OpenAI was never seen to say is said as Deltascope’s', async () => {
    const wordy = Array.from({ length: 251 }, (_, at) => `${at}`.padEnd(60, 'x'));
    const schema = { ...PERSON, properties: { ...PERSON.properties, name: { enum: wordy } } };
    const { message } = await refused({ text: format(schema) });
    expect(message).toContain("Deltascope refuses the schema 'person' by rule S19: ");
    expect(message).not.toContain('Invalid schema for');
  });

  test('what strict mode refuses, in the words of the server', async () => {
    const { additionalProperties: _, ...open } = PERSON;
    const error = await refused({ text: format(open) });
    expect(error).toMatchObject({
      status: 400,
      code: 'invalid_json_schema',
      param: 'text.format.schema',
      type: 'invalid_request_error',
    });
    expect(error.message).toContain(
      "Invalid schema for response_format 'person': In context=(), 'additionalProperties' is required to be supplied and to be false",
    );
    const tools = [{ type: 'function', name: 'f', parameters: open, strict: true }];
    expect(await refused({ tools })).toMatchObject({
      code: 'invalid_function_parameters',
      param: 'tools[0].parameters',
    });
  });

  test('nothing of that where the schema is not strict', async () => {
    const { client } = await started();
    const { additionalProperties: _, ...open } = PERSON;
    const response = await client.responses.create({ ...asked, text: format(open, false) });
    expect(JSON.parse(response.output_text)).toMatchObject({ name: expect.any(String) });
  });

  test.each([
    [{}, 'no_schema'],
    [{ text: { format: { ...format().format, name: 'a b' } } }, 'invalid_value'],
    [{ text: format(), metadata: { outcome: 'wonder' } }, 'invalid_value'],
    [{ text: format(), metadata: { seed: 'x' } }, 'invalid_value'],
    [{ text: format(), metadata: { plan: 'plan_0' } }, 'plan_not_found'],
    [
      { text: format({ ...PERSON, properties: { ...PERSON.properties, age: { $ref: '#' } } }) },
      'no_instance',
    ],
    [{ text: format({ type: 'text' }, false) }, 'schema_unusable'],
  ])('%j: %s', async (more, code) => {
    expect(await refused(more)).toMatchObject({ status: 400, code });
  });
});
