import { createOpenAI } from '@ai-sdk/openai';
import { streamText } from 'ai';
import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../json.ts';
import { expectReviewed } from '../../testing/differences.ts';
import { dialectEvents, recordingsIn, reduced } from '../../testing/reduced.ts';
import { replayServer } from '../../testing/replay-server.ts';
import { objectsOf } from '../facts.ts';
import { chat } from './chat.ts';

const obfuscation = {
  obfuscation: 'padding, left out here as the protocol asks; the client keeps it',
};
const padding = { p: 'padding of Mistral, left out here; the client keeps it' };
const lastOnly = 'the client knows no such field and keeps what the last chunk says';
const copied =
  'the piece says the same as the reasoning beside it, which has the whole text; the client keeps the last';
const native = {
  'choices.0.native_finish_reason': 'a later null says nothing here; the client overwrites with it',
};
const firstTwice =
  'the client appends the first list to itself: its snapshot shares the list with the chunk';

/** By file and place: why this and what `openai` 6.49 makes of the same bytes are not the same. */
const reviewed: Record<string, Record<string, string>> = {
  'dotnet-chat-streamingstructuredrefusalworks.sse': obfuscation,
  'envoygw-chat-streaming-web-search.sse': {
    ...obfuscation,
    system_fingerprint: 'sent as an empty text, which the client leaves out',
  },
  'fantasy-avian-kimi-multi-tool-streaming-0.sse': {
    'choices.0.message.reasoning_content': lastOnly,
    'choices.0.message.reasoning_details.0.text': copied,
  },
  'fantasy-gemini-3-pro-preview-thinking-streaming-1.sse': {
    'choices.0.message.reasoning_details.0.text': copied,
  },
  'fantasy-llama-cpp-gpt-oss-simple-streaming.sse': {
    'choices.0.message.reasoning_content': lastOnly,
  },
  'hfjs-api.together.xyz-d5c675-99.sse': {
    'choices.0.text': 'a copy of the content beside the delta, left out here',
  },
  'pyd-openrouter-image-generation-streaming.sse': native,
  'pyd-openrouter-web-search-annotations-stream.sse': {
    'choices.0.message.annotations':
      'annotations come one by one and add up; the client keeps the last',
  },
  'req-glm-4-5v-reasoning-streaming.sse': { 'choices.0.message.reasoning_content': lastOnly },
  'rig-bare-openai-client-tool-call-s-m-without-the-single-chunk-const-0.sse': {
    'choices.0.message.reasoning_content': lastOnly,
  },
  'rig-reasoning-matrix-deepseek-reasoning-streaming.sse': {
    'choices.0.message.reasoning_content': lastOnly,
    'choices.0.message.reasoning_details.0.text': copied,
  },
  'rig-refusal-matrix-chat-streaming-agent-surfaces-refusal.sse': obfuscation,
  'rig-streaming-logprobs-matrix-streaming-gpt-4o-mini-length-top-zero.sse': {
    'choices.0.logprobs.content': firstTwice,
  },
  'rig-tool-lifecycle-matrix-streaming-ministral-3b-nested-agent.sse': padding,
  'rubyllm-vcr-chat-mistral-hybrid-reason-thinking-separately-from-content.sse': {
    ...padding,
    'choices.0.message.content':
      'typed parts, which the client adds to a string as [object Object]',
  },
  'rubyllm-vcr-ollama-qwen3-can-use-tools-lti-turn-streaming-conversations-1.sse': {
    'choices.0.message.reasoning': lastOnly,
  },
  'simonw-tools-streaming-variant-c-0.sse': native,
};

/** Streams that `openai` gives up on, and why. */
const givesUp: Record<string, RegExp> = {
  // OpenAI's own: chunks without `choices` keep the connection busy, and no finish_reason ever comes.
  'dotnet-chatwithbasicaudiooutput.sse': /chunk\.choices is not iterable/,
  // The last frame, which has the finish_reason, is damaged.
  'hfjs-api.cerebras.ai-b3cad2-315.sse': /missing finish_reason/,
  // It takes the message so far, sent beside each delta, for a field of the choice.
  'openllm-writer-async-streaming-chat-tool-call-request-legacy.sse': /no tool call snapshot/,
  // The server sends none.
  'pyd-snowflake-thinking-streaming.sse': /missing finish_reason/,
  // No chat at all: the API of before.
  'envoygw-completion-streaming-usage.sse': /missing role/,
};

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
