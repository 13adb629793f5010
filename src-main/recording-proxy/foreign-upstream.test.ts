import Anthropic from '@anthropic-ai/sdk';
import { LLMock } from '@copilotkit/aimock';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startedProxy } from './testing/started-proxy.ts';

const TEXT = 'Hello from another mock: é, 漢字 and "quotes".';
const mock = new LLMock({ port: 0 });
mock.onMessage('hello', { content: TEXT });

beforeAll(() => mock.start());
afterAll(() => mock.stop());

const KEY = 'sk-foreign-0123456789';
const input = 'hello';
const messages = [{ role: 'user' as const, content: input }];

/** Ids and times are made anew for each answer. */
function told(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, one: unknown) =>
      /^(id|created|created_at|completed_at)$|_id$/.test(name) ? name : one,
    ),
  );
}

test('the openai client gets from aimock through the proxy what it gets from aimock', async () => {
  const { url, captures, store } = await startedProxy(mock.url);
  const [direct, through] = [mock.url, url].map(
    (base) => new OpenAI({ apiKey: KEY, baseURL: `${base}/v1`, maxRetries: 0 }),
  );
  const responses = (client: OpenAI) =>
    client.responses.stream({ model: 'gpt-4o', input }).finalResponse();
  const chat = (client: OpenAI) =>
    client.chat.completions.stream({ model: 'gpt-4o', messages }).finalChatCompletion();
  const whole = (client: OpenAI) => client.responses.create({ model: 'gpt-4o', input });
  for (const ask of [responses, chat, whole]) {
    const answer = await ask(through!);
    expect(told(answer)).toEqual(told(await ask(direct!)));
  }
  const kept = await captures();
  const facts = kept.map(({ meta }) => {
    const { status, model, problems } = store.summary(meta.id);
    // What is wrong with its events is the mock's own; the wire is ours.
    const wire = problems.map(({ rule }) => rule).filter((rule) => rule.startsWith('W'));
    return [meta.end!.code, status, model.startsWith('gpt-4o'), wire];
  });
  expect(facts).toEqual([
    [null, 'completed', true, []],
    [null, 'completed', true, []],
    ['whole-answer', 'completed', true, []],
  ]);
  for (const { meta } of kept) expect(JSON.stringify(meta)).not.toContain(KEY);
});

test('the Anthropic client gets from aimock through the proxy what it gets from aimock', async () => {
  const { url, capture, store } = await startedProxy(mock.url);
  const ask = (baseURL: string) =>
    new Anthropic({ apiKey: KEY, baseURL, maxRetries: 0 }).messages
      .stream({ model: 'claude-x', max_tokens: 100, messages })
      .finalMessage();
  const answer = await ask(url);
  expect(answer.content).toMatchObject([{ type: 'text', text: TEXT }]);
  expect(told(answer)).toEqual(told(await ask(mock.url)));
  const { meta } = await capture();
  expect(meta.name).toBe('claude-x');
  expect(store.summary(meta.id)).toMatchObject({ status: 'completed', model: 'claude-x' });
});

test('official clients show why an upstream is not reached', async () => {
  const { url } = await startedProxy('http://127.0.0.1:1/v1');
  const openai = new OpenAI({ apiKey: KEY, baseURL: url, maxRetries: 0 });
  await expect(openai.models.list()).rejects.toThrow('refused the connection');
  const anthropic = new Anthropic({ apiKey: KEY, baseURL: url, maxRetries: 0 });
  await expect(anthropic.models.list()).rejects.toThrow('refused the connection');
});
