import { afterEach, expect, test, vi } from 'vitest';
import { type SpanFacts, spanFacts } from '../../src-core/otel/span-facts.ts';
import {
  jsonRequest,
  recordedBytes,
  spannedCapture,
} from '../../src-core/testing/spanned-capture.ts';
import { Refusal } from '../refusal.ts';
import { closedPort, listening } from '../testing/servers.ts';
import { sendSpans } from './send-spans.ts';
import { headersOfEnvironment, type SpanTarget } from './span-target.ts';
import { type Answer, collector, type ReceivedRequest } from './testing/collector.ts';

afterEach(() => vi.unstubAllEnvs());

const target = (url: string, more: Partial<SpanTarget> = {}): SpanTarget => ({
  url,
  headers: [],
  protocol: 'protobuf',
  serviceName: 'deltascope',
  timeoutMs: 5000,
  ...more,
});

async function started(answer?: Answer): Promise<{ url: string; requests: ReceivedRequest[] }> {
  const { server, requests } = collector(answer);
  return { url: `http://127.0.0.1:${await listening(server)}`, requests };
}

const RECORDINGS: [path: string, url: string, body: unknown][] = [
  [
    'seed-person.sse',
    'https://api.openai.com/v1/responses',
    { model: 'gpt-4o-mini', temperature: 0.5, stream: true },
  ],
  [
    'openai-chat/dotnet-chat-streamingstructuredrefusalworks.sse',
    'https://api.openai.com/v1/chat/completions',
    { model: 'gpt-4o', stream: true },
  ],
  [
    'anthropic/req-claude-opus-4-5-streaming.sse',
    'https://api.anthropic.com/v1/messages',
    { model: 'claude-opus-4-5', stream: true },
  ],
  [
    'gemini/req-gemini-3-flash-preview-grounding-streaming.sse',
    'https://generativelanguage.googleapis.com/v1beta/models/gemini-3:streamGenerateContent',
    {},
  ],
  [
    'ndjson/openllm-ollama-metrics-test-ollama-streaming-metrics.ndjson',
    'http://127.0.0.1:11434/api/generate',
    { model: 'gemma3:1b' },
  ],
];

function recorded(content = false): SpanFacts[] {
  return RECORDINGS.map(([path, url, body], at) =>
    spanFacts(
      spannedCapture(recordedBytes(path), { id: `capture-${at}`, request: jsonRequest(url, body) }),
      { content },
    ),
  );
}

function aSpan(facts: Partial<SpanFacts> = {}): SpanFacts {
  return { ...spanFacts(spannedCapture(new Uint8Array()), { content: false }), ...facts };
}

async function refusalOf(sending: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await sending.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  return error as Refusal;
}

test.each(['protobuf', 'json'] as const)('spans of all dialects arrive as %s', async (protocol) => {
  const { url, requests } = await started();
  const facts = recorded(true);
  const sent = await sendSpans(facts, target(url, { protocol, serviceName: 'my tests' }));
  expect(sent).toEqual({ sent: 5, rejected: 0, notes: [], url: `${url}/v1/traces` });
  const [request] = requests;
  expect(requests).toHaveLength(1);
  expect(request!.path).toBe('/v1/traces');
  expect(request!.resource).toMatchObject({ 'service.name': 'my tests' });
  expect(request!.scope).toBe('deltascope');
  const { spans } = request!;
  expect(spans.map(({ attributes }) => attributes)).toEqual(facts.map((one) => one.attributes));
  expect(spans.map(({ name }) => name)).toEqual([
    'chat gpt-4o-mini',
    'chat gpt-4o',
    'chat claude-opus-4-5',
    'chat gemini-3',
    'chat gemma3:1b',
  ]);
  for (const span of spans) {
    // opentelemetry-proto: SPAN_KIND_CLIENT = 3, STATUS_CODE_UNSET = 0; ids of 16 and 8 bytes.
    expect(span).toMatchObject({
      kind: 3,
      status: { code: 0, message: '' },
      parentSpanId: '',
      startNs: 1_795_348_800_123_000_000n,
      endNs: 1_795_348_802_123_001_000n,
    });
    expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
  }
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(5);
});

test('a span that is sent again has the same ids, and a failed one its error and its parent', async () => {
  const { url, requests } = await started();
  const parent = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
  const span = aSpan({ error: 'The server hung up.', parent });
  await sendSpans([span], target(`${url}/otlp/traces`));
  await sendSpans([span], target(`${url}/otlp/traces`));
  const [first, second] = requests.map(({ spans }) => spans[0]!);
  expect(requests[0]!.path).toBe('/otlp/traces');
  // STATUS_CODE_ERROR = 2
  expect(first).toMatchObject({
    traceId: parent.traceId,
    parentSpanId: parent.spanId,
    status: { code: 2, message: 'The server hung up.' },
  });
  expect(second!.spanId).toBe(first!.spanId);
});

test('headers of the target are sent, those of the environment are not', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-other-key=meant-for-another');
  vi.stubEnv('OTEL_TRACES_SAMPLER', 'always_off');
  const { url, requests } = await started();
  await sendSpans([aSpan()], target(url, { headers: [['x-key', 'k1']] }));
  expect(requests[0]!.headers).toMatchObject({ 'x-key': 'k1' });
  expect(requests[0]!.headers).not.toHaveProperty('x-other-key');
  expect(requests[0]!.spans).toHaveLength(1);
  // The command line asks for them by name; the specification's own encoding.
  expect(
    headersOfEnvironment({
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20abc, x-key=1',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-key=2',
    }),
  ).toEqual([
    ['authorization', 'Basic abc'],
    ['x-key', '2'],
  ]);
});

test('many spans go in batches, and a failure says how many went before', async () => {
  const { url, requests } = await started((number) => (number === 2 ? { status: 413 } : null));
  const spans = Array.from({ length: 150 }, (_, at) => aSpan({ capture: `c${at}` }));
  const refusal = await refusalOf(sendSpans(spans, target(url)));
  expect(requests.map((request) => request.spans.length)).toEqual([100, 50]);
  expect(refusal.code).toBe('collector-too-large');
  expect(refusal.message).toMatch(/^127\.0\.0\.1:\d+ takes no request of this size \(413\)/);
  expect(refusal.message).toMatch(/100 of 150 spans were sent before that\.$/);
});

test.each([
  [401, 'collector-refused', /its key or token is missing or wrong/],
  [404, 'collector-refused', /takes no spans at \/v1\/traces/],
  [415, 'collector-refused', /does not take protobuf \(415\). Choose the other protocol/],
  [301, 'collector-failed', /redirects/],
  [500, 'collector-failed', /refused the spans with 500/],
])('an answer of %i is told', async (status, code, message) => {
  const { url } = await started(() => ({ status, body: 'no, secret-token-1' }));
  const headers: [string, string][] = [['authorization', 'Bearer secret-token-1']];
  const refusal = await refusalOf(sendSpans([aSpan()], target(url, { headers })));
  expect(refusal.code).toBe(code);
  expect(refusal.message).toMatch(message);
  // A collector that quotes its key does not get it shown.
  expect(refusal.detail).toBe('no, •••');
});

test('a busy collector is told after the time it was given', async () => {
  // A second is longer than what is left: the packages do not wait for it.
  const { url } = await started(() => ({ status: 429, headers: { 'retry-after': '1' } }));
  const refusal = await refusalOf(sendSpans([aSpan()], target(url, { timeoutMs: 500 })));
  expect(refusal.code).toBe('collector-busy');
  expect(refusal.message).toMatch(/answered 429 for 0\.5 s/);
});

test('a collector that takes a part says which', async () => {
  // ExportTraceServiceResponse.partial_success = 1: rejected_spans = 1, error_message = 2.
  const protobuf = Buffer.concat([Buffer.from([10, 11, 8, 1, 18, 7]), Buffer.from('too old')]);
  const json = '{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}}';
  for (const [protocol, body] of [
    ['protobuf', protobuf],
    ['json', json],
  ] as const) {
    const { url } = await started(() => ({ status: 200, body }));
    const two = [aSpan(), aSpan({ capture: 'b' })];
    expect(await sendSpans(two, target(url, { protocol }))).toMatchObject({
      sent: 1,
      rejected: 1,
      notes: ['The collector said: too old'],
    });
  }
});

test('a server that is no collector is noticed', async () => {
  const { url } = await started(() => ({ status: 200, body: '<html>Welcome</html>' }));
  const { notes } = await sendSpans([aSpan()], target(url, { protocol: 'json' }));
  expect(notes).toEqual([expect.stringMatching(/does not answer as a collector does/)]);
});

test('a server that is not there is told at once', async () => {
  const refusal = await refusalOf(
    sendSpans([aSpan()], target(`http://127.0.0.1:${await closedPort()}`)),
  );
  expect(refusal.code).toBe('collector-unreachable');
  expect(refusal.message).toMatch(/refused the connection: no server listens there/);
});

test('no answer in time, and sending that is stopped', async () => {
  const silent: Answer = () => {
    throw new Error('never reached');
  };
  const { server } = collector(silent);
  server.removeAllListeners('request');
  const asked = new Promise((resolve) => server.once('request', resolve));
  const url = `http://127.0.0.1:${await listening(server)}`;
  const late = await refusalOf(sendSpans([aSpan()], target(url, { timeoutMs: 50 })));
  expect(late.code).toBe('collector-timeout');
  await asked;
  const stop = new AbortController();
  server.once('request', () => stop.abort());
  const stopped = sendSpans([aSpan()], target(url), { signal: stop.signal });
  expect((await refusalOf(stopped)).code).toBe('canceled');
});

test.each(['', 'collector', 'grpc://collector:4317'])('%j is no address', async (url) => {
  expect((await refusalOf(sendSpans([aSpan()], target(url)))).code).toBe('bad-url');
});
