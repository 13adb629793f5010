import { createOpenAI, type OpenAIProvider } from '@ai-sdk/openai';
import { type LanguageModel, streamText } from 'ai';
import { describe, expect, test } from 'vitest';
import { expectReviewed } from '../../src-core/testing/differences.ts';
import { recordingsIn } from '../../src-core/testing/reduced.ts';
import { responsesRecordings } from '../../src-core/testing/recordings.ts';
import { type Laboratory, laboratory, type Way, WAYS } from './testing/laboratory.ts';
import { type Told, toldByCompletion, toldByResponse } from './testing/told.ts';

/** By file and place: why the reduced snapshot and what `ai` 6 tells of the same bytes are not the same. */
const emptyEnd =
  'the last event says that the output is empty, and so does the snapshot; the client adds up deltas';
const severalResponses =
  'several responses in one recording: the snapshot is of the last one, the client adds them up';
const refusal = 'the client counts a refusal as text';
const builtIn = 'a tool of the API, which the client reports like a function';
const reviewed: Record<string, Record<string, string>> = {
  'pyd-openai-codex-agent-run-stream.sse': { text: emptyEnd },
  'req-grok-4-fast-reasoning-x-search-streaming.sse': { calls: builtIn },
  'rig-codex-tool-args-unicode-arguments-streaming.sse': { calls: emptyEnd },
  'rig-refusal-matrix-responses-agent-streaming-refusal-surfaces.sse': { text: refusal },
  'rig-refusal-matrix-responses-streaming-refusal-delta-surfaces.sse': { text: refusal },
  'rig-refusal-matrix-chat-streaming-agent-surfaces-refusal.sse': { text: refusal },
  'pyd-openai-responses-websocket-test-ws-sequential-streamed-requests.jsonl': {
    text: severalResponses,
  },
  'vercel-azure-reasoning-encrypted-content.1.jsonl': { calls: severalResponses },
  'vercel-openai-apply-patch-tool.1.jsonl': { calls: builtIn },
  'vercel-openai-azure-gpt5-reasoning-multi-summary-with-encryption.jsonl': {
    text: 'anonymised by hand: the delta is X, the final text another one',
  },
  'vercel-openai-local-shell-tool.1.jsonl': { calls: builtIn },
  'vercel-openai-shell-skills.1.jsonl': { calls: builtIn },
};

/** Where it gives up on a recording, and what it says. */
const givesUp: Record<string, RegExp> = {
  // It throws where an event has not all the fields that it knows.
  'dotnet-responsestool-mcptoolstreamingworksasync.sse': /Type validation failed/,
  'prism-openai-stream-multiple-output-items-1.sse': /Type validation failed/,
  'pyd-openai-responses-websocket-test-ws-error-event-raises.jsonl': /Type validation failed/,
  'dotnet-chatwithbasicaudiooutput.sse': /Type validation failed/,
  'rubyllm-vcr-chat-mistral-hybrid-reason-thinking-separately-from-content.sse':
    /Type validation failed/,
  // The stream itself says that it failed.
  'prism-openai-stream-rate-limited-1.sse': /Request too large/,
  'vercel-openai-error.1.jsonl': /exceeded your current quota/,
  'vercel-openai-response-failed-only.1.jsonl': /Request too large/,
  // A reasoning item whose id changes on the way.
  'vercel-openai-github-copilot-id-rotation.1.jsonl': /summaryParts/,
  // Hand-made: the first line is no JSON.
  'vercel-openai-parallel-tool-call-wrapper.1.jsonl': /JSON parsing failed/,
};

const responses = responsesRecordings();
const completions = recordingsIn('openai-chat/').map(({ name, bytes }) => ({
  name: name.replace(/^.*\//, ''),
  bytes,
}));
const responsesLab = laboratory('/v1/responses', responses);
const completionsLab = laboratory('/v1/chat/completions', completions);

async function told(model: LanguageModel): Promise<Told> {
  const failures: unknown[] = [];
  const result = streamText({
    ...{ model, prompt: 'any', maxRetries: 0 },
    onError: ({ error }) => void failures.push(error),
  });
  await result.consumeStream();
  if (failures.length > 0) throw failures[0];
  const [text, calls, usage] = await Promise.all([result.text, result.toolCalls, result.usage]);
  return {
    text,
    calls: calls
      .filter(({ providerExecuted }) => !providerExecuted)
      .map(({ toolName, input }): [string, unknown] => [toolName, input]),
    input: usage.inputTokens ?? null,
    output: usage.outputTokens ?? null,
  };
}

function provider(lab: Laboratory, way: Way): OpenAIProvider {
  return createOpenAI({ apiKey: 'sk-of-the-client', baseURL: `${lab.address(way)}/v1` });
}

describe.each(WAYS)('ai reads responses from %s', (way) => {
  test.each(responses.map(({ name, bytes }, at) => [name, bytes, at] as const))(
    '%s',
    async (name, bytes, at) => {
      const model = provider(responsesLab, way).responses(responsesLab.model(at));
      const client = told(model);
      const reason = givesUp[name];
      if (reason) return expect(client).rejects.toThrow(reason);
      expectReviewed(toldByResponse(bytes), await client, reviewed[name]);
    },
  );
});

describe.each(WAYS)('ai reads chat completions from %s', (way) => {
  test.each(completions.map(({ name, bytes }, at) => [name, bytes, at] as const))(
    '%s',
    async (name, bytes, at) => {
      const model = provider(completionsLab, way).chat(completionsLab.model(at));
      const client = told(model);
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
