import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import OpenAI from 'openai';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CapturedRequest } from '../../src-core/capture.ts';
import { DEFAULT_MATCHING } from '../../src-core/replay/matching.ts';
import { recordings } from '../../src-core/testing/recordings.ts';
import { recording } from '../testing/imported.ts';
import { chunksIn, rawClient, rawExchange, requestText } from '../testing/raw-client.ts';
import { closedPort } from '../testing/servers.ts';
import type { NamedRecording } from './list-shelf.ts';
import { serveRecordings, type ServeOptions } from './serve-recordings.ts';

async function serving(list: readonly NamedRecording[], options: ServeOptions = {}) {
  const server = serveRecordings(list, { pace: { kind: 'instant' }, ...options });
  await server.start();
  onTestFinished(() => server.stop());
  const url = server.state.url!;
  return { server, url, port: Number(new URL(url).port) };
}

const post = (url: string, body: unknown, init: RequestInit = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), ...init });
const requestOf = (body: unknown, path = '/v1/responses'): CapturedRequest => ({
  ...{ method: 'POST', url: `https://api.openai.com${path}`, headers: [] },
  body: JSON.stringify(body),
});
const PERSON = recording('seed-person.sse');
const CHAT = recording('openai-chat/fantasy-azure-o4-mini-simple-streaming.sse');
const ANYTHING = { ...DEFAULT_MATCHING, method: false, path: false, model: false };

/** Cuts a body into chunks of sizes that look random, as a network might. */
function cutAnywhere(body: Uint8Array, seed: number): number[] {
  const sizes: number[] = [];
  let state = seed + 1;
  for (let left = body.length; left > 0;) {
    state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff;
    const size = Math.min(left, 1 + (state % 3000));
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

test('every recording comes back in the same bytes and the same chunks', async () => {
  const all = (['.sse', '.jsonl', '.ndjson', '.json'] as const).flatMap((one) => recordings(one));
  expect(all).toHaveLength(119);
  const list = all.map(({ name, bytes }, at) => ({
    ...{ name, body: bytes },
    chunks: cutAnywhere(bytes, at).map((size, index) => ({ timeUs: index * 900, size })),
  }));
  const { port, server } = await serving(list, { matching: { ...ANYTHING, choice: 'calls' } });
  for (const { name, body, chunks } of list) {
    const answer = await rawExchange(port, requestText(port, '/v1/any', {}));
    const read = chunksIn(answer.rest);
    const sizes = read.chunks.map(({ length }) => length);
    expect(read.whole, name).toBe(true);
    expect(sizes, name).toEqual(chunks.map(({ size }) => size));
    expect(Buffer.compare(Buffer.concat(read.chunks), body), name).toBe(0);
  }
  expect(server.state.open).toBe(0);
});

test('a compressed request is read as the plain one', async () => {
  const list = ['a', 'b'].map((model) => ({
    ...{ name: model, body: Buffer.from(`data: ${model}\n\n`) },
    request: requestOf({ model, stream: true }),
  }));
  const { url } = await serving(list);
  const body = gzipSync('{"model":"b","stream":true}');
  const headers = { 'content-encoding': 'gzip' };
  const answer = await fetch(`${url}/v1/responses`, { method: 'POST', headers, body });
  expect(await answer.text()).toBe('data: b\n\n');
});

describe('the head', () => {
  test('is the recorded one, in order and case', async () => {
    const headers: [string, string][] = [
      ['Content-Type', 'application/json'],
      ['X-Request-ID', 'req_1'],
      ['x-multi', '1'],
      ['X-Multi', '2'],
      ['Connection', 'close'],
      ['Content-Length', '2'],
    ];
    const response = { status: 429, statusText: 'Slow Down', httpVersion: '1.1', headers };
    const { port } = await serving([{ name: 'a', body: Buffer.from('{}'), response }], {
      matching: ANYTHING,
    });
    const answer = await rawExchange(port, requestText(port, '/', {}));
    expect(answer.statusLine).toBe('HTTP/1.1 429 Slow Down');
    expect(answer.headers).toEqual([
      ...headers.filter(([name]) => name !== 'Connection'),
      ['Connection', 'close'],
    ]);
    expect(answer.rest.toString()).toBe('{}');
  });

  test('redirects as recorded, and has no body where the status has none', async () => {
    const of = (status: number, headers: [string, string][]) => ({
      ...{ name: String(status), body: Buffer.alloc(0) },
      response: { status, statusText: 'x', httpVersion: '1.1', headers },
    });
    const list = [of(307, [['Location', '/elsewhere']]), of(204, [])];
    const { port } = await serving(list, { matching: { ...ANYTHING, choice: 'calls' } });
    const moved = await rawExchange(port, requestText(port, '/', {}));
    expect([moved.statusLine, moved.headers[0]]).toEqual([
      'HTTP/1.1 307 x',
      ['Location', '/elsewhere'],
    ]);
    const none = await rawExchange(port, requestText(port, '/', {}));
    expect([none.statusLine, none.rest.length]).toEqual(['HTTP/1.1 204 x', 0]);
  });

  test('of a HEAD request stands for that of GET', async () => {
    const request = { method: 'GET', url: 'http://h/v1/models', headers: [], body: '' };
    const { port, url } = await serving([{ name: 'a', body: Buffer.from('{}'), request }]);
    const answer = await rawExchange(port, requestText(port, '/models', undefined, 'HEAD'));
    expect([answer.statusLine, answer.rest.length]).toEqual(['HTTP/1.1 200 OK', 0]);
    expect(await (await fetch(`${url}/v1/models`)).text()).toBe('{}');
  });
});

test.each([
  ['disconnected', 'ECONNRESET', 'ECONNRESET'],
  ['disconnected', 'closed-early', 'fin'],
] as const)('a body that was %s (%s) is cut again', async (kind, code, expected) => {
  const end = { kind, code, atUs: 0, message: '' };
  const { port, server } = await serving([{ name: 'a', body: PERSON, end }], {
    matching: ANYTHING,
  });
  const { rest, ended } = await rawExchange(port, requestText(port, '/', {}));
  const { chunks, whole } = chunksIn(rest);
  expect([ended, whole]).toEqual([expected, false]);
  expect(Buffer.concat(chunks)).toEqual(PERSON);
  await expect.poll(() => server.state.open, { interval: 1 }).toBe(0);
  expect(server.state.log[0]!.note).toBe('a, at once: 8,960 bytes.');
});

describe('a miss', () => {
  const list = [
    { name: 'far', body: PERSON, request: requestOf({}, '/v1/files') },
    { name: 'near', body: PERSON, request: requestOf({ model: 'gpt-4.1', stream: true }) },
  ];

  test('says what was asked, and why the nearest is not it', async () => {
    const { url, server } = await serving(list);
    const answer = await post(`${url}/v1/responses?a=b`, { model: 'gpt-4o', stream: true });
    const message =
      'No recording answers POST /v1/responses (model gpt-4o, a stream). Of 2 the nearest is near: ' +
      'asks for model gpt-4o, recorded with model gpt-4.1.';
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      error: { message, type: 'invalid_request_error', param: null, code: 'no_recording' },
    });
    const [entry] = server.state.log;
    expect(entry).toMatchObject({ status: 404, capture: null, note: message });
    expect(entry!.misses.map(({ capture }) => capture)).toEqual(['1', '0']);
  });

  test.each([
    ['/v1/messages', { type: 'error', error: { type: 'not_found_error' } }],
    ['/v1beta/models/g:streamGenerateContent', { error: { code: 404, status: 'NOT_FOUND' } }],
    ['/api/chat', { error: expect.stringContaining('No recording answers') as string }],
    ['/v1/models', { error: { code: 'no_recording' } }],
  ])('at %s has the shape of its API', async (path, shape) => {
    const { url } = await serving(list);
    expect(await (await post(url + path, {})).json()).toMatchObject(shape);
  });
});

describe('the official client', () => {
  test.each(['', '/v1', '/openai/v1'])('streams a response with the base URL %j', async (base) => {
    const request = requestOf({ model: 'gpt-4o-mini', stream: true });
    const { url } = await serving([{ name: 'Person', body: PERSON, request }]);
    const client = new OpenAI({ apiKey: 'x', baseURL: url + base, maxRetries: 0 });
    const stream = client.responses.stream({ model: 'gpt-4o-mini', input: 'Hi' });
    const { output_text } = await stream.finalResponse();
    expect(JSON.parse(output_text)).toMatchObject({ name: 'Alice Johnson', age: 30 });
    const asked = client.responses.create({ model: 'gpt-4o-mini', input: 'Hi' });
    await expect(asked).rejects.toThrow(/404 .*"stream": true is missing/);
  });

  test('streams chat completions of a file', async () => {
    const { url } = await serving([{ name: 'chat.sse', body: CHAT }]);
    const client = new OpenAI({ apiKey: 'x', baseURL: url, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    const stream = client.chat.completions.stream({ model: 'any', messages });
    // Independent of our reader: the fragments as they stand in the file.
    const fragments = CHAT.toString()
      .split('\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => JSON.parse(line.slice(6)) as { choices: { delta: { content?: string } }[] })
      .map(({ choices }) => choices[0]?.delta.content ?? '');
    expect(await stream.finalContent()).toBe(fragments.join(''));
  });
});

test('by hand, the state tells how far each stream is, and steps let it go on', async () => {
  const { server, port } = await serving([{ name: 'Person', body: PERSON }], {
    pace: { kind: 'by hand' },
  });
  const client = rawClient(port, requestText(port, '/v1/responses', { stream: true }));
  await once(client, 'data');
  const waiting = { number: 1, capture: '0', allEvents: 23, allChunks: 23 };
  expect(server.state.waiting).toMatchObject([{ ...waiting, events: 0, chunks: 0 }]);
  expect(server.state.waiting[0]!.next).toMatch(/^event: response.created\n/);
  server.step(1, 'event');
  const [first] = (await once(client, 'data')) as [Buffer];
  expect(first.toString()).toMatch(/^[0-9a-f]+\r\nevent: response.created\n[^\n]+\n\n\r\n$/);
  expect(server.state.waiting).toMatchObject([{ ...waiting, events: 1, chunks: 1 }]);
  server.step(2, 'event');
  server.step(1, 'run');
  await once(client.resume(), 'close');
  expect(server.state.waiting).toEqual([]);
  expect(server.state.log[0]!.note).toBe('Person, by hand: 8,960 bytes.');
});

test('the log tells how far it came with a client that went away', async () => {
  const over: string[] = [];
  const { server, url } = await serving([{ name: 'Person', body: PERSON }], {
    pace: { kind: 'by hand' },
    logged: ({ note }) => over.push(note),
  });
  const gone = new AbortController();
  const { signal } = gone;
  await post(`${url}/responses`, { stream: true }, { signal });
  server.step(1, 'event');
  gone.abort();
  await expect.poll(() => over, { interval: 1 }).toHaveLength(1);
  const size = PERSON.indexOf('\n\n') + 2;
  expect(over[0]).toBe(
    `Person, by hand: the client went away after ${size.toLocaleString('en-US')} of 8,960 bytes.`,
  );
  const stays = await post(`${url}/responses`, { stream: true });
  await server.stop();
  await expect(stays.text()).rejects.toThrow();
  expect(over[1]).toBe('Person, by hand: the server was stopped after 0 of 8,960 bytes.');
});

test('several servers run at once, and a port in use is said', async () => {
  const one = await serving([{ name: 'a', body: PERSON }], { matching: ANYTHING });
  const other = await serving([{ name: 'b', body: CHAT }], { matching: ANYTHING });
  expect(Buffer.from(await (await post(one.url, {})).arrayBuffer())).toEqual(PERSON);
  expect(Buffer.from(await (await post(other.url, {})).arrayBuffer())).toEqual(CHAT);
  const third = serveRecordings([], { port: one.port, name: 'Third' });
  await third.start();
  expect(third.state).toMatchObject({ running: false, url: null });
  expect(third.state.error).toContain(`Port ${one.port} is in use`);
  const free = await closedPort();
  third.configure({ ...third.config, port: free });
  await third.start();
  onTestFinished(() => third.stop());
  expect(third.state).toMatchObject({ running: true, url: `http://127.0.0.1:${free}` });
});
