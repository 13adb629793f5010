import type { AIMessageChunk } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { describe, expect, test } from 'vitest';
import { expectReviewed } from '../../src-core/testing/differences.ts';
import { recordingsIn } from '../../src-core/testing/reduced.ts';
import { responsesRecordings } from '../../src-core/testing/recordings.ts';
import { type Laboratory, laboratory, type Way, WAYS } from './testing/laboratory.ts';
import { type Told, toldByCompletion, toldByResponse } from './testing/told.ts';

/** By file and place: why the reduced snapshot and what LangChain tells of the same bytes are not the same. */
const emptyEnd =
  'the last event says that the output is empty, and so does the snapshot; the client adds up deltas';
const severalResponses =
  'several responses in one recording: the snapshot is of the last one, the client adds them up';
const reviewed: Record<string, Record<string, string>> = {
  'pyd-openai-codex-agent-run-stream.sse': { text: emptyEnd },
  'req-grok-4-fast-reasoning-x-search-streaming.sse': {
    calls: 'a tool of the API, which the client reports like a function',
  },
  'rig-codex-tool-args-unicode-arguments-streaming.sse': { calls: emptyEnd },
  'pyd-openai-responses-websocket-test-ws-sequential-streamed-requests.jsonl': {
    text: severalResponses,
    input: severalResponses,
    output: severalResponses,
  },
  'vercel-azure-reasoning-encrypted-content.1.jsonl': {
    calls: severalResponses,
    input: severalResponses,
    output: severalResponses,
  },
  'vercel-open-responses-lmstudio-tool-call.1.jsonl': {
    'calls.0.1.location': 'the arguments come whole, and the client reads deltas of them only',
  },
  'vercel-openai-azure-gpt5-reasoning-multi-summary-with-encryption.jsonl': {
    text: 'anonymised by hand: the delta is X, the final text another one',
  },
  'rubyllm-vcr-chat-mistral-hybrid-reason-thinking-separately-from-content.sse': {
    text: 'the content is a list of typed parts, whose texts the client joins',
  },
};

/** Where it gives up on a recording, and what it says. */
const givesUp: Record<string, RegExp> = {
  // The stream itself says that it failed.
  'prism-openai-stream-rate-limited-1.sse': /Request too large/,
  'pyd-openai-responses-websocket-test-ws-error-event-raises.jsonl': /not found/,
  'vercel-openai-error.1.jsonl': /exceeded your current quota/,
  // Hand-made: the first line is no JSON.
  'vercel-openai-parallel-tool-call-wrapper.1.jsonl': /in JSON at position/,
};

const responses = responsesRecordings();
const completions = recordingsIn('openai-chat/').map(({ name, bytes }) => ({
  name: name.replace(/^.*\//, ''),
  bytes,
}));
const responsesLab = laboratory('/v1/responses', responses);
const completionsLab = laboratory('/v1/chat/completions', completions);

interface Usage {
  input_tokens: number;
  output_tokens: number;
}

async function told(
  lab: Laboratory,
  way: Way,
  at: number,
  useResponsesApi: boolean,
): Promise<Told> {
  const client = new ChatOpenAI({
    ...{ model: lab.model(at), apiKey: 'sk-of-the-client', maxRetries: 0, useResponsesApi },
    configuration: { baseURL: `${lab.address(way)}/v1`, logLevel: 'off' },
  });
  const chunks: AIMessageChunk[] = [];
  for await (const chunk of await client.stream('any')) chunks.push(chunk);
  const whole = chunks.reduce((sum, chunk) => sum.concat(chunk));
  // Its types know of no usage in a chunk.
  const usage = whole.usage_metadata as Usage | undefined;
  return {
    text: whole.text,
    calls: (whole.tool_calls ?? []).map(({ name, args }) => [name, args]),
    input: usage?.input_tokens ?? null,
    output: usage?.output_tokens ?? null,
  };
}

describe.each(WAYS)('LangChain reads responses from %s', (way) => {
  test.each(responses.map(({ name, bytes }, at) => [name, bytes, at] as const))(
    '%s',
    async (name, bytes, at) => {
      const client = told(responsesLab, way, at, true);
      const reason = givesUp[name];
      if (reason) return expect(client).rejects.toThrow(reason);
      expectReviewed(toldByResponse(bytes), await client, reviewed[name]);
    },
  );
});

describe.each(WAYS)('LangChain reads chat completions from %s', (way) => {
  test.each(completions.map(({ name, bytes }, at) => [name, bytes, at] as const))(
    '%s',
    async (name, bytes, at) => {
      const client = told(completionsLab, way, at, false);
      const reason = givesUp[name];
      if (reason) return expect(client).rejects.toThrow(reason);
      expectReviewed(toldByCompletion(name, bytes), await client, reviewed[name]);
    },
  );
});

test('each explained recording is there', () => {
  const names = [...responses, ...completions].map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([...Object.keys(reviewed), ...Object.keys(givesUp)]),
  );
});
