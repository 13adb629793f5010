import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_MATCHING } from '../../src-core/replay/matching.ts';
import type { ReplayConfig, ServerConfig } from '../../src-ipc/server-contract.ts';
import { ServerService } from '../servers/server-service.ts';
import { chunksIn, rawExchange, requestText } from '../testing/raw-client.ts';
import { httpServer } from '../testing/servers.ts';
import { COMPLETED, CREATED, storeOn } from '../testing/stores.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { CaptureServer } from './capture-server.ts';
import { shelfOf } from './shelves.ts';

const configOf = (recordFrom: string, serves: ReplayConfig['serves']): ReplayConfig => ({
  ...{ kind: 'replay', id: 'r', name: 'Replay', port: 0, faults: null, recordFrom, serves },
  ...{ pace: { kind: 'instant' }, matching: { ...DEFAULT_MATCHING, fields: [] } },
});

async function recording(
  recordFrom: string,
  serves: ReplayConfig['serves'] = { kind: 'captures', ids: [] },
) {
  const { store } = storeOn(temporaryFolder());
  const tools = {
    shelfOf: (one: ReplayConfig['serves']) => shelfOf(one, store),
    misses: { store, ca: null },
  };
  const over = vi.fn();
  const make = (config: ServerConfig, changed: () => void) =>
    new CaptureServer(config as ReplayConfig, { ...tools, logged: over }, changed);
  const server = make(configOf(recordFrom, serves), () => undefined);
  await server.start();
  onTestFinished(() => server.stop());
  const ask = async (model: string, headers: Record<string, string> = {}) => {
    const before = over.mock.calls.length;
    const answer = await fetch(`${server.state.url}/v1/responses`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-0123456789', ...headers },
      body: JSON.stringify({ model, stream: true }),
    });
    const text = await answer.text();
    await vi.waitFor(() => expect(over.mock.calls.length).toBeGreaterThan(before), { interval: 1 });
    return { status: answer.status, text };
  };
  return { server, store, ask, make, port: Number(new URL(server.state.url!).port) };
}

/** Answers with an event of the model that is asked for; what it was asked is written down. */
async function upstream(encoded = false) {
  const asked: string[] = [];
  const url = await httpServer((request, response) => {
    request.on('data', (bytes: Buffer) => asked.push(`${request.url} ${bytes.toString()}`));
    request.on('end', () => {
      if (asked.at(-1)!.includes('bad')) return void response.writeHead(401).end('{"error":{}}');
      const encoding = encoded ? { 'content-encoding': 'gzip' } : {};
      response.writeHead(200, { 'content-type': 'text/event-stream', ...encoding });
      const body = Buffer.from(CREATED + COMPLETED);
      response.end(encoded ? gzipSync(body) : body);
    });
  });
  return { url, asked };
}

test('a miss is passed on and recorded, and served from then on', async () => {
  const { url, asked } = await upstream();
  const { server, store, ask } = await recording(url);
  for (let times = 0; times < 2; times++)
    expect(await ask('one')).toEqual({ status: 200, text: CREATED + COMPLETED });
  expect(asked).toEqual(['/v1/responses {"model":"one","stream":true}']);
  const [passed, served] = server.state.log;
  expect(passed!.note).toMatch(/^Passed on, .* It is served from now on\.$/);
  expect(served).toMatchObject({ capture: passed!.capture, status: 200 });
  const id = passed!.capture!;
  expect(store.meta(id)).toMatchObject({ origin: { kind: 'proxy', server: 'Replay' } });
  expect(JSON.stringify(store.meta(id))).not.toContain('sk-0123456789');
  expect(server.state.config).toMatchObject({ serves: { ids: [id] } });
});

test('an error is passed on and recorded, but not served again', async () => {
  const { url, asked } = await upstream();
  const { server, ask } = await recording(url);
  for (let times = 0; times < 2; times++) expect((await ask('bad')).status).toBe(401);
  expect(asked).toHaveLength(2);
  expect(server.state.config).toMatchObject({ serves: { ids: [] } });
  server.configure({ ...server.config, recordFrom: server.state.url! });
  const own = await ask('bad');
  expect([own.status, own.text]).toEqual([500, expect.stringContaining('from this server itself')]);
});

test('what was compressed is served as it was on the wire to who takes it', async () => {
  const { url, asked } = await upstream(true);
  const { ask, port } = await recording(url);
  await ask('one');
  const text = requestText(port, '/responses', { model: 'one', stream: true });
  const taken = await rawExchange(
    port,
    text.replace('Connection', 'Accept-Encoding: br, gzip\r\nConnection'),
  );
  expect(taken.headers).toContainEqual(['content-encoding', 'gzip']);
  const wire = Buffer.concat(chunksIn(taken.rest).chunks);
  expect(wire).toEqual(gzipSync(Buffer.from(CREATED + COMPLETED)));
  const plain = await rawExchange(port, text);
  expect(plain.headers.map(([name]) => name)).not.toContain('content-encoding');
  expect(Buffer.concat(chunksIn(plain.rest).chunks).toString()).toBe(CREATED + COMPLETED);
  expect(asked).toHaveLength(1);
});

test('a folder gets the capture, and the set of a server is kept with what it recorded', async () => {
  const { url } = await upstream();
  const path = temporaryFolder();
  const { ask, server, make } = await recording(url, { kind: 'folder', path });
  await ask('one');
  const [name] = readdirSync(path);
  expect(readdirSync(join(path, name!))).toContain('capture.json');
  expect((await ask('one')).text).toBe(CREATED + COMPLETED);
  expect(server.state.log[1]!.capture).toBe(name);

  const folder = temporaryFolder();
  writeFileSync(join(folder, 'servers.json'), '{"servers": []}');
  const options = { folder, changed: () => undefined, notice: expect.fail };
  const service = new ServerService({ ...options, make });
  service.save(configOf(url, { kind: 'captures', ids: [] }));
  const { url: own } = await service.start('r');
  const init = { method: 'POST', body: '{"model":"two","stream":true}' };
  await (await fetch(`${own}/responses`, init)).text();
  const idsOf = (one: ServerService) =>
    one.list().flatMap(({ config }) => (config.kind === 'replay' ? [config.serves] : []));
  await vi.waitFor(() => expect(idsOf(service)).toMatchObject([{ ids: [expect.any(String)] }]), {
    interval: 1,
  });
  await service.stopAll();
  expect(idsOf(new ServerService({ ...options, make }))).toEqual(idsOf(service));
});
