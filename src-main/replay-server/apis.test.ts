import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { directTasks } from '../testing/direct-tasks.ts';
import { loadExamples } from './examples.ts';
import { Plans } from './plans.ts';
import { ReplayServer } from './server.ts';

const schemas = { tasks: directTasks, plans: new Plans() };
const examples = loadExamples(join(import.meta.dirname, '../../examples'), expect.fail);

/** The official clients, pointed at a server of the examples. */
async function started() {
  const server = new ReplayServer(examples, schemas, () => undefined);
  server.setSpeed('instant');
  await server.start();
  onTestFinished(async () => void (await server.stop()));
  const options = { apiKey: 'x', maxRetries: 0 };
  return {
    server,
    openai: new OpenAI({ ...options, baseURL: server.url }),
    // This one adds /v1 itself.
    anthropic: new Anthropic({ ...options, baseURL: server.url.replace(/\/v1$/, '') }),
  };
}

const PERSON = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};
const person = expect.objectContaining({ name: expect.any(String), age: expect.any(Number) });
const messages = [{ role: 'user' as const, content: 'Who?' }];
const format = {
  response_format: {
    type: 'json_schema' as const,
    json_schema: { name: 'person', strict: true, schema: PERSON },
  },
};

test('examples of Chat Completions are read by the official client, streamed or not', async () => {
  const { openai, server } = await started();
  const asked = { model: 'example/chat-tool-calls', messages };
  const stream = openai.chat.completions.stream(asked);
  const expected = [
    { function: { name: 'search', arguments: '{"query": "Detroit Tigers game time today"}' } },
    { function: { name: 'get_weather', arguments: '{"city": "Detroit"}' } },
  ];
  const final = await stream.finalChatCompletion();
  expect(final.choices[0]).toMatchObject({
    finish_reason: 'tool_calls',
    message: { tool_calls: expected },
  });
  const refused = await openai.chat.completions
    .stream({ model: 'example/chat-refusal', messages })
    .finalChatCompletion();
  const refusal = "I'm very sorry, but I can't assist with that.";
  expect(refused.choices[0]!.message.refusal).toBe(refusal);
  expect(server.state.log.map(({ path, status, note }) => `${path} ${status} ${note}`)).toEqual([
    '/v1/chat/completions 200 chat-tool-calls, at once',
    '/v1/chat/completions 200 chat-refusal, at once',
  ]);
  const gone = openai.chat.completions.create({ model: 'example/person', messages });
  await expect(gone).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
});

test('chunks are made from the schema of a chat request, whatever its model', async () => {
  const { openai } = await started();
  const { completions } = openai.chat;
  const asked = { model: 'gpt-of-the-test', messages, ...format };
  const stream = completions.stream({ ...asked, stream_options: { include_usage: true } });
  let deltas = 0;
  stream.on('content.delta', () => deltas++);
  const final = await stream.finalChatCompletion();
  const whole = await completions.create(asked);
  expect(JSON.parse(final.choices[0]!.message.content!)).toEqual(person);
  // The same seed makes the same, streamed or not.
  expect(final.choices[0]!.message).toMatchObject({ content: whole.choices[0]!.message.content });
  expect(final.usage!.completion_tokens).toBe(whole.usage!.completion_tokens);
  expect(deltas).toBeGreaterThan(3);

  const cut = await completions.create({ ...asked, max_completion_tokens: 3 });
  expect(cut.choices[0]).toMatchObject({ finish_reason: 'length' });
  expect(whole.choices[0]!.message.content).toContain(cut.choices[0]!.message.content);
  const no = completions.stream({ ...asked, metadata: { outcome: 'refusal' } });
  expect((await no.finalChatCompletion()).choices[0]!.message).toMatchObject({
    content: null,
    refusal: expect.any(String),
  });

  const tool = {
    type: 'function' as const,
    function: { name: 'find', parameters: PERSON, strict: true },
  };
  const called = await completions
    .stream({ model: 'from-schema', messages, tools: [tool] })
    .finalChatCompletion();
  const [call] = called.choices[0]!.message.tool_calls!;
  expect(call).toMatchObject({ type: 'function', function: { name: 'find' } });
  expect(JSON.parse((call as { function: { arguments: string } }).function.arguments)).toEqual(
    person,
  );
});

test("what strict mode refuses is refused in chat's words for it", async () => {
  const { openai } = await started();
  const { additionalProperties: _, ...open } = PERSON;
  const json_schema = { name: 'person', strict: true, schema: open };
  await expect(
    openai.chat.completions.create({
      model: 'from-schema',
      messages,
      response_format: { type: 'json_schema', json_schema },
    }),
  ).rejects.toMatchObject({
    status: 400,
    code: 'invalid_json_schema',
    param: 'response_format.json_schema.schema',
  });
});

test('examples of Messages are read by the official client', async () => {
  const { anthropic } = await started();
  const stream = anthropic.messages.stream({
    model: 'example/messages-thinking',
    max_tokens: 1024,
    messages,
  });
  let thought = '';
  stream.on('thinking', (delta) => (thought += delta));
  const final = await stream.finalMessage();
  expect(thought).toMatch(/^The question is asking about "the meaning of life/);
  expect(final.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
  expect(final).toMatchObject({ stop_reason: 'end_turn', usage: { output_tokens: 452 } });
  const wrong = anthropic.messages.create({ model: 'example/no', max_tokens: 9, messages });
  await expect(wrong).rejects.toMatchObject({
    status: 404,
    error: { type: 'error', error: { type: 'not_found_error' } },
  });
});

test('messages are made from a schema, as a text and as the input of a tool', async () => {
  const { anthropic } = await started();
  const asked = {
    model: 'claude-of-the-test',
    max_tokens: 1024,
    messages,
    output_config: { format: { type: 'json_schema' as const, schema: PERSON } },
  };
  const final = await anthropic.messages.stream(asked).finalMessage();
  const whole = await anthropic.messages.create(asked);
  const [block] = final.content;
  expect(JSON.parse((block as { text: string }).text)).toEqual(person);
  expect(whole.content).toMatchObject([{ text: (block as { text: string }).text }]);
  expect(final.stop_reason).toBe('end_turn');
  expect(final.usage.output_tokens).toBe(whole.usage.output_tokens);
  const cut = await anthropic.messages.stream({ ...asked, max_tokens: 3 }).finalMessage();
  expect(cut).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 3 } });

  const tool = { name: 'find', input_schema: PERSON as Anthropic.Tool.InputSchema };
  const called = await anthropic.messages
    .stream({
      model: 'from-schema',
      max_tokens: 1024,
      messages,
      tools: [tool, { ...tool, name: 'other' }],
      tool_choice: { type: 'tool', name: 'find' },
    })
    .finalMessage();
  expect(called.stop_reason).toBe('tool_use');
  expect(called.content).toMatchObject([{ type: 'tool_use', name: 'find', input: person }]);
});
