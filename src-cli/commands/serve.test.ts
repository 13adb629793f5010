import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import OpenAI from 'openai';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CaptureMeta } from '../../src-core/capture.ts';
import type { Pace } from '../../src-core/replay/pace.ts';
import { temporaryFolder } from '../../src-main/testing/temporary-folder.ts';
import { matchingOf } from '../servers/matching.ts';
import { speedOf } from '../servers/speed.ts';
import { Values } from '../arguments/option.ts';
import { writeCaptureFolder } from '../testing/captures.ts';
import { root, run } from '../testing/run.ts';
import { started } from '../testing/server.ts';

const bytesOf = (name: string) => readFileSync(join(root, 'examples', name));
const person = bytesOf('person.sse');

/** What the window records of a request: its body, and the head of the answer. */
function asked(path: string, body: object): Partial<CaptureMeta> {
  const url = `https://api.example.com/v1/${path}`;
  return {
    request: { method: 'POST', url, headers: [], body: JSON.stringify({ stream: true, ...body }) },
    response: {
      ...{ status: 200, statusText: 'OK', httpVersion: '1.1' },
      headers: [
        ['Content-Type', 'text/event-stream'],
        ['x-request-id', 'req_1'],
      ],
    },
  };
}

const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', body: JSON.stringify({ stream: true, ...body }) });

test('a capture of the window is served as it came, to the official client too', async () => {
  const workingDirectory = temporaryFolder();
  const half = person.indexOf('event: response.output_text.delta');
  const chunks = [person.subarray(0, half), person.subarray(half)] as const;
  writeCaptureFolder(
    workingDirectory,
    'fixture',
    [
      [chunks[0], 1000],
      [chunks[1], 2000],
    ],
    asked('responses', { model: 'gpt-4o-mini', input: 'Who?' }),
  );
  const { url, stop } = await started(['serve', 'fixture'], { workingDirectory });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);

  const answer = await post(`${url}/v1/responses`, { model: 'gpt-4o-mini' });
  expect(answer.headers.get('x-request-id')).toBe('req_1');
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(person);

  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
  const stream = client.responses.stream({ model: 'gpt-4o-mini', input: 'Who?' });
  const { output_text } = await stream.finalResponse();
  expect(JSON.parse(output_text)).toMatchObject({ name: 'Alice Johnson', age: 30 });

  const { code, out, err } = await stop();
  expect({ code, out }).toEqual({ code: 0, out: `${url}\n` });
  const [greeting, ...log] = err.trimEnd().split('\n');
  expect(greeting).toContain(`OPENAI_BASE_URL=${url}/v1`);
  const line = 'POST /v1/responses 200 fixture, as recorded: 8,960 bytes.';
  expect(log).toEqual([line, line]);
});

test('of a folder each request gets its own, and a miss says what there is', async () => {
  const workingDirectory = temporaryFolder();
  const folder = join(workingDirectory, 'fixtures');
  const refusal = bytesOf('refusal.sse');
  writeCaptureFolder(folder, 'a', [[person, 0]], asked('responses', { model: 'one' }));
  writeCaptureFolder(folder, 'b', [[refusal, 0]], asked('responses', { model: 'two' }));
  const args = ['serve', '--speed', 'instant', '--choice', 'calls', 'fixtures'];
  const { url, stop } = await started(args, { workingDirectory });
  const get = async (model: string) => {
    const answer = await post(`${url}/v1/responses`, { model });
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
  };
  expect(await get('two')).toEqual({ status: 200, body: refusal });
  expect(await get('one')).toEqual({ status: 200, body: person });
  expect((await get('three')).status).toBe(404);
  // By calls, each is served once.
  expect((await get('one')).status).toBe(404);
  const { err } = await stop();
  expect(err).toMatch(/POST \/v1\/responses 404 No recording answers .*model three/);
});

test('a file of events answers whatever is asked of its protocol', async () => {
  const workingDirectory = temporaryFolder();
  writeFileSync(join(workingDirectory, 'chat.sse'), bytesOf('chat-refusal.sse'));
  const { url } = await started(['serve', '--speed', 'instant', 'chat.sse'], { workingDirectory });
  const answer = await post(`${url}/v1/chat/completions`, { model: 'any' });
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytesOf('chat-refusal.sse'));
  expect((await post(`${url}/v1/messages`, { model: 'any' })).status).toBe(404);
});

test('what no recording answers is recorded, and served when the upstream is gone', async () => {
  const upstream = await started(['serve', '--speed', 'instant', 'examples/refusal.sse']);
  const workingDirectory = temporaryFolder();
  const known = asked('responses', { model: 'known' });
  writeCaptureFolder(workingDirectory, 'fixture', [[person, 0]], known);
  const args = ['serve', '--record-from', `${upstream.url}/v1`, '--out', 'new', 'fixture'];
  const { url } = await started(args, { workingDirectory });
  const get = async (model: string) => {
    const answer = await post(`${url}/v1/responses`, { model });
    return Buffer.from(await answer.arrayBuffer());
  };
  expect(await get('known')).toEqual(person);
  expect(await get('other')).toEqual(bytesOf('refusal.sse'));
  expect(readdirSync(join(workingDirectory, 'new'))).toHaveLength(1);
  await upstream.stop();
  expect(await get('other')).toEqual(bytesOf('refusal.sse'));
});

describe('it does not start', () => {
  test('on a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { code, out, err } = await run(['serve', '-p', String(port), 'examples/person.sse']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`Port ${port} is in use by another program. Choose another port`);
  });

  test('without one of its recordings', async () => {
    const { code, out, err } = await run(['serve', 'examples/person.sse', 'missing.sse']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain("missing.sse can't be read: there is no such file.");
  });

  test('with a list of faults that is none, of which every place is told', async () => {
    const workingDirectory = temporaryFolder();
    const faults = { version: 1, name: 'x', seed: 1, faults: [{ kind: 'drop' }, { kind: 'dorp' }] };
    writeFileSync(join(workingDirectory, 'bad.json'), JSON.stringify(faults, null, 1));
    const args = ['serve', '--faults', 'bad.json', join(root, 'examples/person.sse')];
    const { code, err } = await run(args, { workingDirectory });
    expect(code).toBe(2);
    expect(err).toContain('bad.json is no list of faults.');
    // Lines of the text above: the steps are the sixth to eighth, and the ninth to eleventh.
    expect(err).toMatch(/bad\.json:6:\d+: .*\nbad\.json:10:\d+: .*drop/);
  });

  test.each([
    [[], 'There is no recording.'],
    [['--port', '70000', 'x'], 'It is a whole number from 0 to 65535.'],
    [['--speed', 'fast', 'x'], 'It is recorded, instant, a factor'],
    [['--speed', '0', 'x'], 'It goes from 0.01 to 1000.'],
    [['--jitter', '0.5', 'x'], '--jitter and --seed belong to a rate.'],
    [['--speed', '5/s', '--jitter', '2', 'x'], 'It is a number from 0 to 1.'],
    [['--match', 'modle', 'x'], 'Did you mean model?'],
    [['--match', 'none,model', 'x'], '--match none stands beside others.'],
    [['--match', 'body,/a', 'x'], '--match has body and fields of it.'],
    [['--record-from', 'x.test', 'x'], 'It is an address such as'],
    [['--out', 'y', 'x'], '--out is for what --record-from records.'],
    [['--until-eof', '-'], '--until-eof waits for what - reads.'],
  ])('with %j', async (args, fact) => {
    const { code, out, err } = await run(['serve', ...args], { stdin: [] });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(fact);
  });
});

test('it ends when standard input is closed, where that was asked for, and says nothing if quiet', async () => {
  let close = () => {};
  const closed = new Promise<void>((resolve) => (close = resolve));
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('not read as a stream');
    await closed;
  }
  const args = ['serve', '--until-eof', '--quiet', 'examples/person.sse'];
  const { url, ended } = await started(args, { stdin: stdin() });
  expect((await post(`${url}/v1/responses`, {})).status).toBe(200);
  close();
  expect(await ended).toEqual({ code: 0, out: `${url}\n`, err: '' });
  await expect(fetch(url)).rejects.toThrow();
});

test.each<[string, Pace]>([
  ['recorded', { kind: 'recorded', factor: 1 }],
  ['instant', { kind: 'instant' }],
  ['2', { kind: 'recorded', factor: 2 }],
  ['0.5x', { kind: 'recorded', factor: 0.5 }],
  ['20/s', { kind: 'rate', perSecond: 20, unit: 'events', jitter: 0.1, seed: 7 }],
  ['2.5chunks/s', { kind: 'rate', perSecond: 2.5, unit: 'chunks', jitter: 0.1, seed: 7 }],
])('--speed %s', (text, pace) => {
  expect(speedOf(text, 0.1, 7)).toEqual(pace);
});

test.each([
  ['', { method: true, path: true, model: true, body: 'any', fields: [] }],
  ['none', { method: false, path: false, model: false, body: 'any', fields: [] }],
  ['path,body', { method: false, path: true, model: false, body: 'exact', fields: [] }],
  ['model,/a/0,/b', { model: true, path: false, body: 'fields', fields: ['/a/0', '/b'] }],
])('--match %s', (text, matching) => {
  const values = new Values(new Map(text === '' ? [] : [['match', [text]]]));
  expect(matchingOf(values)).toMatchObject({ ...matching, choice: 'turn' });
});
