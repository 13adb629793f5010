import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { RunBatch, RunStart } from '../../src-ipc/run-contract.ts';
import { schemaRequest, type SchemaRequest } from '../../src-core/schema-request/schema-request.ts';
import type { SecretBox } from '../keys.ts';
import { Services } from '../services.ts';
import { directTasks } from '../testing/direct-tasks.ts';
import { httpServer } from '../testing/servers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const PERSON = `{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"},
"occupation":{"type":"string"}},"required":["name","age","occupation"],"additionalProperties":false}`;
const noBox: SecretBox = {
  available: false,
  encrypt: () => expect.fail('encrypts without a keyring'),
  decrypt: () => expect.fail('decrypts without a keyring'),
};

async function started(folder = temporaryFolder()) {
  const batches: RunBatch[] = [];
  const services = new Services({
    dataFolder: folder,
    examplesFolder: join(import.meta.dirname, '../../examples'),
    secretBox: noBox,
    env: {},
    tasks: directTasks,
    broadcast: (name, event) => {
      if (name === 'runs.changed') batches.push(event as RunBatch);
    },
  });
  services.replayServer.setSpeed('instant');
  await services.start();
  onTestFinished(() => services.stop());
  const rows = () =>
    services.captures
      .known()
      .flatMap(({ run, checks = [] }) => (run ? [run, ...checks] : checks))
      .sort((a, b) => a.number - b.number);
  const over = (id: string) =>
    vi.waitFor(() => {
      const last = batches.filter((one) => one.id === id).at(-1);
      if (!last || last.running) throw new Error('runs');
      return last;
    }, 20_000);
  return { services, rows, over, folder };
}

const request = (more: Partial<SchemaRequest> = {}) =>
  schemaRequest({
    schema: PERSON,
    name: 'person',
    description: '',
    strict: true,
    kind: 'format',
    model: 'from-schema',
    prompt: 'Describe a person called Alice.',
    ...more,
  });
const start = (more: Partial<RunStart> = {}): RunStart => ({
  schema: 'schema-1',
  version: 2,
  endpoint: 'built-in',
  body: request(),
  count: 1,
  concurrency: 1,
  plan: { outcome: 'valid', seed: 1 },
  ...more,
});

test('an offline run is a capture with its verdict', async () => {
  const { services, rows, over } = await started();
  const { id } = services.runs.start(start());
  expect(await over(id)).toMatchObject({ count: 1, sent: 1, ended: 1, message: null });
  expect(rows()).toMatchObject([
    {
      kind: 'run',
      schema: 'schema-1',
      version: 2,
      number: 1,
      endpoint: 'Built-in replay',
      model: 'from-schema',
      planned: 'valid',
      facts: { verdict: 'valid', pointer: null, errors: 0, outputTokens: expect.any(Number) },
    },
  ]);
  expect(services.captures.known().find(({ run }) => run)!.name).toBe(
    'run 1 · from-schema · person',
  );
  const { facts } = rows()[0]!;
  expect(facts!.totalUs).toBeGreaterThanOrEqual(facts!.firstTextUs!);
  expect(facts!.firstTextUs).toBeGreaterThan(0);
});

test('a planned violation is found where it was planned', async () => {
  const { services, rows, over } = await started();
  const planned = start({ plan: { outcome: 'violation', seed: 3 }, count: 6 });
  await over(services.runs.start(planned).id);
  const pointers = new Set<string>();
  for (const summary of services.captures.known()) {
    if (!summary.run) continue;
    const { response } = services.captures.meta(summary.id);
    const [, pointer] = response!.headers.find(([name]) => name === 'x-deltascope-planned')!;
    expect(summary.run.facts).toMatchObject({
      verdict: 'invalid',
      pointer,
      seq: expect.any(Number),
    });
    pointers.add(pointer);
  }
  expect(rows()).toHaveLength(6);
  expect(pointers.size).toBeGreaterThan(1);
});

test('a refusal, a cut text, a text of the person and a capture are what they are', async () => {
  const { services, rows, over } = await started();
  const person = services.captures.known().find(({ name }) => name === 'person.sse')!;
  const prose = { instance: 'Sure! Here it is.' };
  const wrong = { instance: '{"name":"Ann","age":"30","occupation":"Baker"}' };
  const cases: [Partial<RunStart>, object][] = [
    [{ plan: { outcome: 'refusal', seed: 1 } }, { verdict: 'refusal' }],
    [{ body: request({ maxOutputTokens: 4 }) }, { verdict: 'truncated', outputTokens: 4 }],
    [{ plan: prose }, { verdict: 'not JSON' }],
    [{ plan: wrong }, { verdict: 'invalid', pointer: '/age', schemaPath: '#/properties/age/type' }],
    [{ plan: { capture: person.id } }, { verdict: 'valid', inputTokens: 56, outputTokens: 16 }],
  ];
  for (const [more, facts] of cases) {
    await over(services.runs.start(start(more)).id);
    expect(rows().at(-1)!.facts).toMatchObject(facts);
  }
  // Four tokens: {" name ":" and one of the name.
  expect(rows()[1]!.facts!.pointer).toBe('/name');
});

test('the same is said of runs on the other APIs', async () => {
  const { services, rows, over } = await started();
  const chat = { endpoint: 'built-in-chat', body: request({ api: 'chat' }) };
  const messages = { endpoint: 'built-in-messages', body: request({ api: 'messages' }) };
  const tool = { kind: 'tool', name: 'save_person' } as const;
  const cut = request({ api: 'messages', maxOutputTokens: 4 });
  const cases: [Partial<RunStart>, object][] = [
    // Nobody asked for tokens to be counted.
    [chat, { verdict: 'valid', outputTokens: null }],
    [
      { ...chat, plan: { outcome: 'violation', seed: 3 } },
      { verdict: 'invalid', errors: 1 },
    ],
    [{ ...chat, plan: { outcome: 'refusal', seed: 1 } }, { verdict: 'refusal' }],
    [{ ...chat, body: request({ api: 'chat', ...tool }) }, { verdict: 'valid' }],
    [messages, { verdict: 'valid', outputTokens: expect.any(Number) }],
    [{ ...messages, plan: { outcome: 'refusal', seed: 1 } }, { verdict: 'refusal' }],
    [
      { ...messages, body: cut },
      { verdict: 'truncated', outputTokens: 4 },
    ],
    [
      {
        ...messages,
        body: request({ api: 'messages', ...tool }),
        plan: { outcome: 'violation', seed: 2 },
      },
      { verdict: 'invalid', errors: 1 },
    ],
  ];
  for (const [more, facts] of cases) {
    await over(services.runs.start(start(more)).id);
    expect(rows().at(-1)!.facts, JSON.stringify(facts)).toMatchObject(facts);
  }
});

test('arguments of a function are judged as well', async () => {
  const { services, rows, over } = await started();
  const body = request({ kind: 'tool', name: 'save_person' });
  await over(services.runs.start(start({ body, plan: { outcome: 'violation', seed: 2 } })).id);
  await over(services.runs.start(start({ body })).id);
  expect(rows().map(({ facts }) => facts!.verdict)).toEqual(['invalid', 'valid']);
});

test('a schema that strict mode refuses gets the words of the server, and ends the batch', async () => {
  const { services, rows, over } = await started();
  const body = request({ schema: PERSON.replace(',"additionalProperties":false', '') });
  const { id } = services.runs.start(start({ body, count: 5 }));
  const { message, sent } = await over(id);
  expect(sent).toBe(1);
  expect(message).toContain(
    "4 of 5 requests were not sent: HTTP 400 Bad Request: Invalid schema for response_format 'person'",
  );
  expect(message).toContain("'additionalProperties' is required to be supplied and to be false");
  expect(rows()).toMatchObject([{ facts: { verdict: 'failed' } }]);
});

test('no more than so many are on their way at once', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  const url = await httpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    waiting.push(() => response.end('data: [DONE]\n\n'));
    most = Math.max(most, waiting.length);
  });
  const { services, over } = await started();
  const { id: endpoint } = services.endpoints.save({
    name: 'slow',
    api: 'responses',
    baseUrl: url,
    headers: [],
    keyHeader: 'authorization',
  });
  const batch = services.runs.start(start({ endpoint, plan: null, count: 10, concurrency: 3 }));
  for (let answered = 0; answered < 10; answered++) {
    await vi.waitFor(() =>
      expect(waiting.length).toBeGreaterThanOrEqual(Math.min(3, 10 - answered)),
    );
    waiting.shift()!();
  }
  expect(await over(batch.id)).toMatchObject({ sent: 10, ended: 10 });
  expect(most).toBe(3);
});

test.each([
  [401, {}, 'HTTP 401'],
  [429, { 'retry-after': '20' }, 'The server asks to wait 20 s.'],
])('HTTP %d ends the batch, and nothing is sent again', async (status, headers, words) => {
  let asked = 0;
  const url = await httpServer((_request, response) => {
    asked++;
    response.writeHead(status, headers).end('{"error":{"message":"no"}}');
  });
  const { services, rows, over } = await started();
  const { id: endpoint } = services.endpoints.save({
    name: 'refusing',
    api: 'responses',
    baseUrl: url,
    headers: [],
    keyHeader: 'authorization',
  });
  const { id } = services.runs.start(start({ endpoint, plan: null, count: 100, concurrency: 8 }));
  const { message } = await over(id);
  expect(message).toContain('99 of 100 requests were not sent');
  expect(message).toContain(words);
  expect(asked).toBe(1);
  expect(rows()).toMatchObject([{ planned: null, facts: { verdict: 'failed', seq: null } }]);
});

test('a capture is checked again by a schema as it is now', async () => {
  const { services, rows } = await started();
  const { id } = services.captures.known().find(({ name }) => name === 'person.sse')!;
  const check = {
    capture: id,
    schema: 'schema-1',
    version: 3,
    kind: 'format',
    name: 'person',
  } as const;
  const valid = await services.runs.check({ ...check, text: PERSON });
  expect(valid.facts).toMatchObject({ verdict: 'valid', firstTextUs: null, outputTokens: 16 });
  const text = PERSON.replace('"integer"', '"string"');
  const { facts } = await services.runs.check({ ...check, text, version: 4 });
  // The recording: event 12 brings `30`, and event 13 with `,"` the end of the number.
  expect(facts).toMatchObject({ verdict: 'invalid', pointer: '/age', seq: 13, certainSeq: 12 });
  expect(rows().map(({ number, version, kind }) => [number, version, kind])).toEqual([
    [1, 3, 'check'],
    [2, 4, 'check'],
  ]);
  await expect(services.runs.check({ ...check, text: '{' })).rejects.toMatchObject({
    code: 'schema-no-json',
  });
  services.runs.removeCheck(id, 'schema-1', 1);
  expect(rows().map(({ number }) => number)).toEqual([2]);
});

test('rows survive a restart; a run that was not judged is judged then', async () => {
  const folder = temporaryFolder();
  const first = await started(folder);
  await first.over(first.services.runs.start(start({ count: 2 })).id);
  const before = first.rows();
  const { id } = first.services.captures.known().find(({ run }) => run?.number === 2)!;
  await first.services.stop();
  const path = join(folder, 'captures', id, 'capture.json');
  const stored = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...stored, run: { ...stored.run, facts: null } }));

  const second = await started(folder);
  await vi.waitFor(() => expect(second.rows()).toEqual(before), 10_000);
  expect(second.services.runs.start(start()).sent).toBe(1);
  expect(second.rows().at(-1)!.number).toBe(3);
});

test('a row that is damaged is left out, and the capture stays', async () => {
  const folder = temporaryFolder();
  const first = await started(folder);
  await first.over(first.services.runs.start(start()).id);
  const { id } = first.services.captures.known().find(({ run }) => run)!;
  await first.services.stop();
  const path = join(folder, 'captures', id, 'capture.json');
  const stored = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...stored, run: { ...stored.run, version: 'two' } }));
  const second = await started(folder);
  expect(second.rows()).toEqual([]);
  expect(second.services.captures.meta(id).name).toBe(stored.name);
});
