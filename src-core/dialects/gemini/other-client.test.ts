import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { streamText } from 'ai';
import { expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../json.ts';
import { asEventStream, dialectEvents, recordingsIn, reduced } from '../../testing/reduced.ts';
import { replayServer } from '../../testing/replay-server.ts';
import { objectsOf } from '../facts.ts';
import { gemini } from './gemini.ts';

const addsUp = {
  input: 'what tools put into the prompt is counted beside the prompt, and left out by it',
  total: 'it adds up prompt and candidates; the server says the total',
};
/** By file: what `@ai-sdk/google` 3.0 makes otherwise of the same, and why. */
const reviewed: Record<string, Record<string, string>> = {
  'gemini/req-gemini-3-flash-preview-grounding-streaming.sse': addsUp,
  'gemini/rig-code-execution-matrix-streaming-code-execution-unicode-output.sse': {
    calls: 'code that the server executes is a call of a tool to it; here it is a part of its own',
    ...addsUp,
  },
};

const cases = recordingsIn('gemini/').map(({ name, bytes }) => ({ name, bytes }));
const address = replayServer(
  cases.map(({ name, bytes }) => ({
    // It asks for `alt=sse`, so what was recorded without comes in frames.
    bytes: name.endsWith('.sse') ? bytes : asEventStream(dialectEvents(name, bytes)),
    contentType: 'text/event-stream',
  })),
);

/** The facts that both say, in the words of the other. */
function factsOf(root: JsonObject | null): Record<string, unknown> {
  const content = objectsOf(root?.candidates)[0]?.content;
  const parts = isObject(content) ? objectsOf(content.parts) : [];
  const texts = parts.filter(({ text }) => typeof text === 'string');
  const joined = (some: JsonObject[]): string => some.map(({ text }) => text).join('');
  const usage = gemini.usage(root);
  return {
    text: joined(texts.filter(({ thought }) => thought !== true)),
    reasoning: joined(texts.filter(({ thought }) => thought === true)),
    calls: parts
      .map(({ functionCall }) => functionCall)
      .filter(isObject)
      .map(({ name, args }) => [name, args]),
    files: parts.filter(({ inlineData }) => isObject(inlineData)).length,
    input: usage?.input,
    output: usage?.output,
    total: usage?.total,
    reasoned: usage?.reasoning ?? 0,
  };
}

test.each(cases.map(({ name }, at) => [name, at] as const))(
  'another client reads the same from %s',
  async (name, at) => {
    const headers = { 'x-case': String(at) };
    const provider = createGoogleGenerativeAI({ apiKey: 'none', baseURL: address(), headers });
    const result = streamText({ model: provider('any'), prompt: 'any', maxRetries: 0 });
    const text = await result.text;
    const ours = factsOf(reduced(gemini, dialectEvents(name, cases[at]!.bytes)).state.root);
    const usage = await result.totalUsage;
    const theirs: Record<string, unknown> = {
      text,
      reasoning: (await result.reasoningText) ?? '',
      calls: (await result.toolCalls).map(({ toolName, input }) => [toolName, input as unknown]),
      files: (await result.files).length,
      input: usage.inputTokens,
      output: usage.outputTokens,
      total: usage.totalTokens,
      reasoned: usage.outputTokenDetails.reasoningTokens ?? 0,
    };
    const differing = Object.keys(theirs).filter(
      (fact) => JSON.stringify(ours[fact]) !== JSON.stringify(theirs[fact]),
    );
    expect(differing).toEqual(Object.keys(reviewed[name] ?? {}));
  },
);
