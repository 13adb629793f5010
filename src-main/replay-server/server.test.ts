import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import OpenAI from 'openai';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ReplayServerState } from '../../src-ipc/contract.ts';
import { directTasks } from '../testing/direct-tasks.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { loadExamples } from './examples.ts';
import { scoreOf } from '../../src-core/replay/score.ts';
import { play } from './playback.ts';
import { Plans } from './plans.ts';
import { ReplayServer } from './server.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const schemas = { tasks: directTasks, plans: new Plans() };
const examples = loadExamples(EXAMPLES, expect.fail);
const PERSON = readFileSync(join(EXAMPLES, 'person.sse'));

async function started(speed: number | 'instant' = 'instant') {
  const states: ReplayServerState[] = [];
  const server = new ReplayServer(examples, schemas, (state) => states.push(state));
  server.setSpeed(speed);
  await server.start();
  onTestFinished(async () => void (await server.stop()));
  return { server, states, url: server.url };
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${url}/responses`, { method: 'POST', body: text, headers });
}

test('the shipped examples are there, byte for byte', () => {
  expect(examples.map(({ name }) => name)).toEqual([
    'person',
    'refusal',
    'function-calls',
    'reasoning',
    'web-search',
    'incomplete',
    'rate-limit',
    'chat-reasoning',
    'chat-tool-calls',
    'chat-refusal',
    'messages-thinking',
    'messages-tool-use',
    'messages-citations',
  ]);
  expect(PERSON).toEqual(
    readFileSync(join(EXAMPLES, '../src-core/testing/recordings/seed-person.sse')),
  );
});

test('a stream is the recording, byte for byte', async () => {
  const { server, url } = await started();
  const response = await post(url, { model: 'gpt-4o-mini', input: 'x', stream: true });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('x-deltascope-rhythm')).toBe('plausible');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PERSON);
  expect(server.state.log).toMatchObject([
    { method: 'POST', path: '/v1/responses', status: 200, note: 'person, at once' },
  ]);
});

describe('the official client', () => {
  const client = (url: string) => new OpenAI({ baseURL: url, apiKey: 'x', maxRetries: 0 });

  test('streams the person object', async () => {
    const { url } = await started();
    const stream = client(url).responses.stream({ model: 'gpt-4o-mini', input: 'Who?' });
    let events = 0;
    for await (const _event of stream) events++;
    const final = await stream.finalResponse();
    expect(events).toBe(23);
    expect(JSON.parse(final.output_text)).toEqual({
      name: 'Alice Johnson',
      age: expect.any(Number),
      occupation: expect.any(String),
    });
  });

  test('creates without streaming', async () => {
    const { url } = await started();
    const response = await client(url).responses.create({ model: 'x', input: 'Who?' });
    expect(JSON.parse(response.output_text)).toMatchObject({ name: 'Alice Johnson' });
    expect(response.usage?.total_tokens).toBe(72);
  });

  test('lists the examples as models, and streams the one it names', async () => {
    const { url } = await started();
    const ids: string[] = [];
    for await (const model of client(url).models.list()) ids.push(model.id);
    expect(ids).toContain('example/refusal');
    const stream = client(url).responses.stream({ model: 'example/refusal', input: 'x' });
    const { output } = await stream.finalResponse();
    expect(JSON.stringify(output)).toContain('"refusal"');
  });

  test('gets errors it understands', async () => {
    const { url } = await started();
    await expect(
      client(url).responses.create({ model: 'example/none', input: 'x' }),
    ).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model',
    });
    await expect(client(url).files.list()).rejects.toMatchObject({ status: 404 });
  });
});

test.each([
  [{ model: 'refusal' }, 'refusal'],
  [{ model: 'example/web-search' }, 'web-search'],
  [{ model: 'gpt-4o', text: { format: { name: 'answer' } } }, 'refusal'],
  [{ model: 'gpt-4o', text: { format: { name: 'person' } } }, 'person'],
  [{ model: 'gpt-4o', text: { format: { name: 'other' } } }, 'person'],
  [{ model: 7, text: null }, 'person'],
  [{}, 'person'],
])('%j gets %s', async (body, name) => {
  const { url } = await started();
  const response = await post(url, { ...body, stream: true });
  expect(response.headers.get('x-deltascope-example')).toBe(name);
  await response.text();
});

test.each([
  ['{"a":', 400, 'invalid_json'],
  ['[]', 400, 'invalid_json'],
  ['', 400, 'invalid_json'],
])('the body %j is refused', async (body, status, code) => {
  const { url } = await started();
  const response = await post(url, body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code, type: 'invalid_request_error' } });
});

test('other methods and paths are refused in the same shape', async () => {
  const { url } = await started();
  expect((await fetch(`${url}/responses`)).status).toBe(405);
  const response = await fetch(`${url}/embeddings`, { method: 'POST', body: '{}' });
  expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
});

describe('strangers', () => {
  function raw(url: string, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${url}/models`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end();
    });
  }

  test.each([
    ['its own address', (port: string) => ({ host: `127.0.0.1:${port}` }), 200],
    ['its own name', (port: string) => ({ host: `localhost:${port}` }), 200],
    ['its own origin', (port: string) => ({ origin: `http://127.0.0.1:${port}` }), 200],
    ['a name that resolves to it', (port: string) => ({ host: `rebind.example:${port}` }), 403],
    ['another port', () => ({ host: '127.0.0.1:1' }), 403],
    ['a page of the web', () => ({ origin: 'https://evil.example' }), 403],
    ['a page without an origin', () => ({ origin: 'null' }), 403],
  ])('%s', async (_name, headers, status) => {
    const { url } = await started();
    expect(await raw(url, headers(new URL(url).port))).toBe(status);
  });

  test('it listens on the loopback address only', async () => {
    const { url } = await started();
    expect(new URL(url).hostname).toBe('127.0.0.1');
  });
});

describe('the rhythm', () => {
  test('a recording without times is cut at its events', () => {
    const { portions, rhythm } = scoreOf({ body: PERSON, chunks: null });
    expect(rhythm).toBe('plausible');
    expect(portions).toHaveLength(23);
    expect(Buffer.concat(portions.map(({ bytes }) => bytes))).toEqual(PERSON);
    for (const [index, portion] of portions.entries()) {
      expect(Buffer.from(portion.bytes).toString()).toMatch(/^event: [^]*\n\n$/);
      if (index > 0) expect(portion.atUs).toBeGreaterThan(portions[index - 1]!.atUs);
    }
  });

  test('a recording with times keeps its chunks', () => {
    const folder = temporaryFolder();
    const index = [{ name: 'a', file: 'a.sse', title: 'A', description: '', formats: [] }];
    writeFileSync(join(folder, 'examples.json'), JSON.stringify(index));
    writeFileSync(join(folder, 'a.sse'), 'data: 1\n\n');
    writeFileSync(join(folder, 'a.chunks.jsonl'), '[500,3]\n[900,6]\n');
    const [example] = loadExamples(folder, expect.fail);
    const { portions, rhythm } = scoreOf(example!);
    expect(rhythm).toBe('recorded');
    expect(portions.map(({ bytes, atUs }) => [Buffer.from(bytes).toString(), atUs])).toEqual([
      ['dat', 500],
      ['a: 1\n\n', 900],
    ]);
    writeFileSync(join(folder, 'a.chunks.jsonl'), '[500,3]\n');
    expect(scoreOf(loadExamples(folder, expect.fail)[0]!).rhythm).toBe('plausible');
  });

  test('portions leave at their times, divided by the speed, and none after a stop', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const out = new PassThrough();
    const portions = [0, 40_000, 80_000].map((atUs) => ({
      bytes: Buffer.from('x'),
      atUs: 5000 + atUs,
    }));
    const stop = play(portions, out, 2);
    const written = () => out.readableLength;
    expect(written()).toBe(1);
    vi.advanceTimersByTime(19);
    expect(written()).toBe(1);
    vi.advanceTimersByTime(2);
    expect(written()).toBe(2);
    stop();
    vi.advanceTimersByTime(1000);
    expect(written()).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
    expect(out.writableEnded).toBe(false);
  });
});

test('a client that leaves stops its stream; stopping the server cuts the others', async () => {
  // So slow that it would never end by itself.
  const { server, url } = await started(0.01);
  const controller = new AbortController();
  const left = await fetch(`${url}/responses`, {
    method: 'POST',
    body: '{"stream":true}',
    signal: controller.signal,
  });
  const stays = await post(url, { stream: true });
  controller.abort();
  await expect(left.text()).rejects.toThrow();
  await server.stop();
  await expect(stays.text()).rejects.toThrow();
  expect(server.state).toMatchObject({ running: false, url: null });
  await server.start();
  expect((await fetch(`${server.url}/models`)).status).toBe(200);
});

test('the log keeps the newest 200 and is told as it grows', async () => {
  const { server, states, url } = await started();
  for (let index = 0; index < 205; index++) await (await fetch(`${url}/models?${index}`)).text();
  expect(server.state.log).toHaveLength(200);
  expect(states.length).toBeGreaterThan(205);
});

test('a missing folder of examples is a notice, and requests get 503', async () => {
  const notices: string[] = [];
  expect(loadExamples(temporaryFolder(), (message) => notices.push(message))).toEqual([]);
  expect(notices).toHaveLength(1);
  const server = new ReplayServer([], schemas, () => undefined);
  await server.start();
  onTestFinished(async () => void (await server.stop()));
  expect((await post(server.url, { stream: true })).status).toBe(503);
});
