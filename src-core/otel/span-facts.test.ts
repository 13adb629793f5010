import { expect, test } from 'vitest';
import type { CaptureEnd } from '../capture.ts';
import { jsonRequest, recordedBytes, spannedCapture } from '../testing/spanned-capture.ts';
import { type Attributes, spanFacts } from './span-facts.ts';

// What is expected is written down from the conventions (protocol, section 7) and the recordings' own text.

const RESPONSES = 'https://api.openai.com/v1/responses';
const NO_CONTENT = { content: false };
const encoded = (text: string) => new TextEncoder().encode(text);
const failed = (end: Partial<CaptureEnd>): CaptureEnd => ({
  kind: 'failed',
  atUs: 400_000,
  code: null,
  message: 'It failed.',
  ...end,
});

test('a response of the Responses API', () => {
  const request = jsonRequest(RESPONSES, {
    model: 'gpt-4o-mini',
    input: 'A person.',
    stream: true,
    max_output_tokens: 100,
    temperature: 1,
    top_p: 0.5,
    reasoning: { effort: 'low' },
    previous_response_id: 'resp_before',
    conversation: 'conv_1',
    service_tier: 'auto',
    prompt: { id: 'pmpt_1', version: '3' },
    text: { format: { type: 'json_schema', name: 'person', schema: {} } },
  });
  const facts = spanFacts(
    spannedCapture(recordedBytes('seed-person.sse'), { request }),
    NO_CONTENT,
  );
  expect(facts).toEqual({
    capture: '20261122-120000-test',
    name: 'chat gpt-4o-mini',
    // 2026-11-22T12:00:00Z; the end is 2.000001 s later.
    start: [1_795_348_800, 123_000_000],
    end: [1_795_348_802, 123_001_000],
    error: null,
    parent: null,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.request.stream': true,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 1,
      'gen_ai.request.top_p': 0.5,
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.request.previous_response.id': 'resp_before',
      'gen_ai.output.type': 'json',
      'gen_ai.conversation.id': 'conv_1',
      'gen_ai.prompt.name': 'pmpt_1',
      'gen_ai.prompt.version': '3',
      'gen_ai.response.id': 'resp_0bcead1d6f6564230068f6fbfbf310819395ae9412e4d33aac',
      'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.input_tokens': 56,
      'gen_ai.usage.output_tokens': 16,
      'gen_ai.usage.cache_read.input_tokens': 0,
      'gen_ai.usage.reasoning.output_tokens': 0,
      'server.address': 'api.openai.com',
      'server.port': 443,
      'openai.api.type': 'responses',
      'openai.request.service_tier': 'auto',
      'openai.response.service_tier': 'default',
    },
  } satisfies ReturnType<typeof spanFacts>);
});

/** A request in each other dialect, and what is to be told of it and of a recording of that dialect. */
const DIALECTS: [name: string, path: string, url: string, body: unknown, expected: Attributes][] = [
  [
    'Chat Completions',
    'openai-chat/dotnet-chat-streamingstructuredrefusalworks.sse',
    'https://my.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=1',
    {
      stream: true,
      max_completion_tokens: 50,
      reasoning_effort: 'high',
      response_format: { type: 'json_object' },
    },
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.request.stream': true,
      'gen_ai.request.max_tokens': 50,
      'gen_ai.request.reasoning.level': 'high',
      'gen_ai.output.type': 'json',
      'gen_ai.response.id': 'chatcmpl-D8dV4fIhj9EeF5vu9iDuZYuG5qp3o',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.input_tokens': 26,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.cache_read.input_tokens': 0,
      'gen_ai.usage.reasoning.output_tokens': 0,
      'server.address': 'my.openai.azure.com',
      'server.port': 443,
      'openai.api.type': 'chat_completions',
      'openai.response.service_tier': 'default',
      'openai.response.system_fingerprint': 'fp_ad98c18a04',
    },
  ],
  [
    'Messages',
    'anthropic/req-claude-opus-4-5-streaming.sse',
    'https://api.anthropic.com/v1/messages',
    {
      model: 'claude-opus-4-5',
      max_tokens: 1024,
      stream: true,
      output_config: { effort: 'medium' },
      // A budget is no level, and a tier of OpenAI's is not meant.
      thinking: { type: 'enabled', budget_tokens: 1024 },
      service_tier: 'auto',
    },
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-opus-4-5',
      'gen_ai.request.stream': true,
      'gen_ai.request.max_tokens': 1024,
      'gen_ai.request.reasoning.level': 'medium',
      'gen_ai.response.id': 'msg_01Y9w7TBRmCupy25bz5jdUBa',
      'gen_ai.response.model': 'claude-opus-4-5-20251101',
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.input_tokens': 55,
      'gen_ai.usage.output_tokens': 63,
      'gen_ai.usage.cache_read.input_tokens': 0,
      'gen_ai.usage.cache_write.input_tokens': 0,
      'server.address': 'api.anthropic.com',
      'server.port': 443,
    },
  ],
  [
    'Gemini',
    'gemini/req-gemini-3-flash-preview-grounding-streaming.sse',
    'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash-preview:streamGenerateContent?alt=sse',
    {
      contents: [],
      generationConfig: {
        maxOutputTokens: 2000,
        temperature: 0.7,
        topP: 0.9,
        thinkingConfig: { thinkingLevel: 'low' },
        responseMimeType: 'application/json',
      },
    },
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.request.model': 'gemini-3-flash-preview',
      'gen_ai.request.stream': true,
      'gen_ai.request.max_tokens': 2000,
      'gen_ai.request.temperature': 0.7,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.output.type': 'json',
      'gen_ai.response.id': 'jXZ5ac20I8fh_uMP2ZS6uAY',
      'gen_ai.response.model': 'gemini-3-flash-preview',
      'gen_ai.response.finish_reasons': ['STOP'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      // The prompt's 106 and the tools' 37441; the candidates' 918 and the thoughts' 2472.
      'gen_ai.usage.input_tokens': 37_547,
      'gen_ai.usage.output_tokens': 3390,
      'gen_ai.usage.reasoning.output_tokens': 2472,
      'server.address': 'generativelanguage.googleapis.com',
      'server.port': 443,
    },
  ],
  [
    'Ollama',
    'ndjson/openllm-ollama-metrics-test-ollama-streaming-metrics.ndjson',
    'http://127.0.0.1:11434/api/generate',
    { model: 'gemma3:1b', prompt: 'A joke.', options: { num_predict: 64, temperature: 0.1 } },
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'ollama',
      'gen_ai.request.model': 'gemma3:1b',
      // It streams unless it is told not to.
      'gen_ai.request.stream': true,
      'gen_ai.request.max_tokens': 64,
      'gen_ai.request.temperature': 0.1,
      'gen_ai.response.model': 'gemma3:1b',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.input_tokens': 16,
      'gen_ai.usage.output_tokens': 51,
      'server.address': '127.0.0.1',
      'server.port': 11_434,
    },
  ],
];

for (const [name, path, url, body, expected] of DIALECTS) {
  test(`a response of ${name}`, () => {
    const request = jsonRequest(url, body);
    const facts = spanFacts(spannedCapture(recordedBytes(path), { request }), NO_CONTENT);
    expect(facts.attributes).toEqual(expected);
    expect(facts.name).toBe(`chat ${String(expected['gen_ai.request.model'])}`);
    expect(facts.error).toBeNull();
  });
}

test('a stored response is fetched, and costs nothing', () => {
  const request = {
    ...jsonRequest(`${RESPONSES}/resp_1?stream=true`, undefined),
    method: 'GET',
    body: '',
  };
  const facts = spanFacts(
    spannedCapture(recordedBytes('seed-person.sse'), { request }),
    NO_CONTENT,
  );
  expect(facts.name).toBe('fetch_response');
  expect(facts.attributes).toMatchObject({
    'gen_ai.operation.name': 'fetch_response',
    'gen_ai.request.stream': true,
    'gen_ai.response.id': 'resp_0bcead1d6f6564230068f6fbfbf310819395ae9412e4d33aac',
  });
  expect(Object.keys(facts.attributes).filter((name) => name.includes('usage'))).toEqual([]);
});

test('a stream that broke ends with error', () => {
  const whole = recordedBytes('seed-person.sse');
  const cut = spannedCapture(whole.slice(0, whole.length >> 1), {
    end: {
      kind: 'disconnected',
      atUs: 900_000,
      code: 'ECONNRESET',
      message: 'The server hung up.',
    },
  });
  const facts = spanFacts(cut, NO_CONTENT);
  expect(facts.error).toBe('The server hung up.');
  expect(facts.attributes).toMatchObject({
    'gen_ai.response.finish_reasons': ['error'],
    'error.type': 'ECONNRESET',
  });
  const early = spanFacts(spannedCapture(whole.slice(0, whole.length >> 1)), NO_CONTENT);
  expect(early.attributes).toMatchObject({
    'gen_ai.response.finish_reasons': ['error'],
    'error.type': 'closed-early',
  });
});

test('a connection that breaks after the end breaks nothing', () => {
  const facts = spanFacts(
    spannedCapture(recordedBytes('seed-person.sse'), {
      end: { kind: 'disconnected', atUs: 900_000, code: 'ECONNRESET', message: 'Gone.' },
    }),
    NO_CONTENT,
  );
  expect(facts.error).toBeNull();
  expect(facts.attributes['gen_ai.response.finish_reasons']).toEqual(['stop']);
});

test('a failure that the server told of has its code', () => {
  const bytes = recordedBytes('openai-responses/prism-openai-stream-rate-limited-1.sse');
  const facts = spanFacts(spannedCapture(bytes), NO_CONTENT);
  expect(facts.attributes).toMatchObject({
    'gen_ai.response.finish_reasons': ['error'],
    'error.type': 'rate_limit_exceeded',
  });
  expect(facts.error).toMatch(/^Request too large for gpt-4o/);
});

test.each([
  ['chat', 'data: {"error":{"message":"Busy.","code":503}}\n\n', '503'],
  [
    'messages',
    'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Busy."}}\n\n',
    'overloaded_error',
  ],
])('an error within a stream of %s', (_dialect, error, type) => {
  const begin =
    _dialect === 'chat'
      ? 'data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}\n\n'
      : 'event: message_start\ndata: {"type":"message_start","message":{"id":"m","content":[],"stop_reason":null}}\n\n';
  const facts = spanFacts(spannedCapture(encoded(begin + error)), NO_CONTENT);
  expect(facts.error).toBe('Busy.');
  expect(facts.attributes).toMatchObject({
    'gen_ai.response.finish_reasons': ['error'],
    'error.type': type,
  });
});

test('a request that got no stream', () => {
  const request = jsonRequest(RESPONSES, { model: 'gpt-5', stream: true });
  const refused = { request, end: failed({ code: 'http-401', message: 'The key was refused.' }) };
  const facts = spanFacts(spannedCapture(new Uint8Array(), refused), NO_CONTENT);
  expect(facts.attributes).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.request.stream': true,
    'gen_ai.response.finish_reasons': ['error'],
    'error.type': '401',
    'server.address': 'api.openai.com',
    'server.port': 443,
    'openai.api.type': 'responses',
  });
  const unreachable = { request, end: failed({ code: 'ECONNREFUSED' }) };
  const none = spanFacts(spannedCapture(new Uint8Array(), unreachable), NO_CONTENT);
  expect(none.attributes['error.type']).toBe('ECONNREFUSED');
});

test('a response that calls a tool, and one that ran out of tokens', () => {
  const reasons = (path: string) =>
    spanFacts(spannedCapture(recordedBytes(`openai-responses/${path}`)), NO_CONTENT).attributes[
      'gen_ai.response.finish_reasons'
    ];
  expect(reasons('dotnet-responses-functioncallstreamingworks.sse')).toEqual(['tool_call']);
  expect(reasons('rig-streaming-grammar-incomplete-max-output-tokens.sse')).toEqual([
    'max_output_tokens',
  ]);
});

test('a recording proxy is an intermediary: the address is its upstream', () => {
  const facts = spanFacts(
    spannedCapture(recordedBytes('seed-person.sse'), {
      origin: { kind: 'proxy', server: 'proxy', upstream: 'https://api.x.ai/v1' },
      request: jsonRequest('http://127.0.0.1:4000/responses', { model: 'grok-4' }),
    }),
    NO_CONTENT,
  );
  expect(facts.attributes).toMatchObject({
    'gen_ai.provider.name': 'x_ai',
    'server.address': 'api.x.ai',
    'server.port': 443,
  });
  expect(facts.attributes).not.toHaveProperty('openai.api.type');
});

test('the span of a client that was traced is the parent', () => {
  const parentOf = (traceparent: string) =>
    spanFacts(
      spannedCapture(new Uint8Array(), {
        request: { ...jsonRequest(RESPONSES, {}), headers: [['TraceParent', traceparent]] },
      }),
      NO_CONTENT,
    ).parent;
  // The example of the recommendation.
  expect(parentOf('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')).toEqual({
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
  });
  expect(parentOf('00-00000000000000000000000000000000-00f067aa0ba902b7-01')).toBeNull();
  expect(parentOf('ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')).toBeNull();
  expect(parentOf('4bf92f35')).toBeNull();
});

test('times that were not recorded are not told', () => {
  const facts = spanFacts(
    spannedCapture(recordedBytes('seed-person.sse'), { timed: false, end: null }),
    NO_CONTENT,
  );
  expect(facts.attributes).not.toHaveProperty('gen_ai.response.time_to_first_chunk');
  expect(facts.end).toEqual(facts.start);
});

test('a request that is anything at all gives a span', () => {
  for (const body of [
    '',
    'null',
    '[1]',
    '{"text":[],"reasoning":7,"conversation":[],"tools":{}}',
  ]) {
    const request = { method: 'POST', url: 'nowhere', headers: [], body };
    const facts = spanFacts(spannedCapture(encoded('data: 1\n\n'), { request }), { content: true });
    expect(facts.attributes).toMatchObject({ 'gen_ai.provider.name': '_OTHER' });
    expect(facts.name).toBe('chat');
  }
});
