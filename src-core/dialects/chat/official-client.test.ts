import { createOpenAI } from '@ai-sdk/openai';
import { streamText } from 'ai';
import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../json.ts';
import { expectReviewed } from '../../testing/differences.ts';
import { givesUp, reviewed } from '../../testing/reviewed/chat.ts';
import { dialectEvents, recordingsIn, reduced } from '../../testing/reduced.ts';
import { replayServer } from '../../testing/replay-server.ts';
import { objectsOf } from '../facts.ts';
import { chat } from './chat.ts';

const cases = recordingsIn('openai-chat/', 'other/envoygw-completion').map(({ name, bytes }) => ({
  name: name.replace(/^.*\//, ''),
  bytes,
  contentType: 'text/event-stream; charset=utf-8',
}));
const address = replayServer(cases);
const rootOf = (at: number): JsonObject => {
  const { name, bytes } = cases[at]!;
  return reduced(chat, dialectEvents(name, bytes)).state.root!;
};
const client = (): OpenAI =>
  new OpenAI({ apiKey: 'none', baseURL: `${address()}/v1`, maxRetries: 0, logLevel: 'off' });

describe('the official client makes the same completion of the same bytes', () => {
  test.each(cases.map(({ name }, at) => [name, at] as const))('%s', async (name, at) => {
    const request = client().chat.completions.stream(
      { model: 'any', messages: [] },
      { headers: { 'x-case': String(at) } },
    );
    const final = request.finalChatCompletion();
    const reason = givesUp[name];
    if (reason) await expect(final).rejects.toThrow(reason);
    else expectReviewed(rootOf(at), await final, reviewed[name]);
  });

  test('each explained recording is there', () => {
    const names = cases.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([...Object.keys(reviewed), ...Object.keys(givesUp)]),
    );
  });
});

describe('where it gives up, another accumulator stands in', () => {
  const others = cases
    .map(({ name }, at) => [name, at] as const)
    .filter(([name]) => name in givesUp && !name.includes('audio'));

  test.each(others)('%s', async (name, at) => {
    const baseURL = `${address()}/v1`;
    const provider = createOpenAI({ apiKey: 'none', baseURL, headers: { 'x-case': String(at) } });
    const isText = name.includes('envoygw-completion');
    const result = streamText({
      model: isText ? provider.completion('any') : provider.chat('any'),
      prompt: 'any',
      maxRetries: 0,
    });
    const choice = objectsOf(rootOf(at).choices)[0]!;
    const message = isObject(choice.message) ? choice.message : {};
    expect((isText ? choice.text : message.content) ?? '').toBe(await result.text);
    const calls = objectsOf(message.tool_calls).map((call) => call.function as JsonObject);
    expect(calls.map((call) => [call.name, JSON.parse(String(call.arguments)) as unknown])).toEqual(
      (await result.toolCalls).map(({ toolName, input }) => [toolName, input]),
    );
    const usage = chat.usage(rootOf(at));
    const theirs = await result.totalUsage;
    expect([usage?.input, usage?.output]).toEqual([theirs.inputTokens, theirs.outputTokens]);
  });

  test('audio, added up from the chunks as the client parses them', async () => {
    const at = cases.findIndex(({ name }) => name.includes('audio'));
    const stream = await client().chat.completions.create(
      { model: 'any', messages: [], stream: true },
      { headers: { 'x-case': String(at) } },
    );
    const audio = { data: '', transcript: '' };
    for await (const chunk of stream) {
      const [choice] = chunk.choices ?? [];
      const delta = (choice?.delta ?? {}) as { audio?: { data?: string; transcript?: string } };
      audio.data += delta.audio?.data ?? '';
      audio.transcript += delta.audio?.transcript ?? '';
    }
    const choices = objectsOf(rootOf(at).choices);
    expect(choices[0]).toMatchObject({
      finish_reason: null,
      message: { role: 'assistant', audio },
    });
    expect(audio.data.length).toBeGreaterThan(50_000);
  });
});
