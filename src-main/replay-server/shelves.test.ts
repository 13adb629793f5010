import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_MATCHING } from '../../src-core/replay/matching.ts';
import type { ReplayConfig } from '../../src-ipc/server-contract.ts';
import { har, harEntry, recording } from '../testing/imported.ts';
import { aRequest, COMPLETED, CREATED, storeOn } from '../testing/stores.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { CaptureServer } from './capture-server.ts';
import { FolderShelf } from './folder-shelf.ts';
import { shelfOf } from './shelves.ts';

afterEach(() => vi.unstubAllEnvs());

const PERSON = recording('seed-person.sse');
const CHAT = recording('openai-chat/fantasy-azure-o4-mini-simple-streaming.sse');

async function serving(serves: ReplayConfig['serves'], folder = temporaryFolder()) {
  const { store } = storeOn(folder);
  const config: ReplayConfig = {
    ...{ kind: 'replay', id: 'r', name: 'Replay', port: 0, faults: null, recordFrom: null },
    ...{ serves, pace: { kind: 'instant' } },
    matching: { ...DEFAULT_MATCHING, fields: [] },
  };
  const tools = { shelfOf: (one: ReplayConfig['serves']) => shelfOf(one, store) };
  const server = new CaptureServer(config, tools, () => undefined);
  await server.start();
  onTestFinished(() => server.stop());
  const ask = async (body: object = { model: 'm', stream: true }, path = '/responses') => {
    const answer = await fetch(server.state.url + path, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  return { server, store, ask };
}

/** A capture that a client recorded, with its times. */
function recorded(store: ReturnType<typeof storeOn>['store'], model: string) {
  const request = {
    ...{ method: 'POST', url: 'https://api.openai.com/v1/responses', headers: [] },
    body: JSON.stringify({ model, stream: true }),
  };
  const one = store.record({ ...aRequest, name: model, request });
  one.append(Buffer.from(CREATED), 1000);
  const headers: [string, string][] = [['X-Of', model]];
  one.describe({ response: { status: 200, statusText: 'OK', httpVersion: '1.1', headers } });
  return one;
}

test('captures of the library are served in their order; one that is gone is told', async () => {
  const folder = temporaryFolder();
  const { store } = storeOn(folder);
  const [one, other] = ['one', 'other'].map((model) => recorded(store, model));
  for (const each of [one!, other!])
    each.finish({ kind: 'closed', atUs: 2000, code: null, message: '' });
  const ids = [one!.id, other!.id];
  const { server, ask, store: served } = await serving({ kind: 'captures', ids }, folder);
  const answer = await ask({ model: 'other', stream: true });
  expect([answer.status, answer.text, answer.headers.get('x-of')]).toEqual([200, CREATED, 'other']);
  expect(server.state).toMatchObject({ error: null, log: [{ capture: other!.id }] });
  expect(server.state.log[0]!.misses).toEqual([
    { capture: one!.id, reason: 'asks for model other, recorded with model one' },
  ]);
  served.delete(other!.id);
  expect((await ask({ model: 'one', stream: true })).status).toBe(200);
  expect(server.state.error).toMatch(/can't be served: This capture is no longer there/);
  server.configure({ ...server.config, serves: { kind: 'captures', ids: [one!.id] } });
  await ask();
  expect(server.state.error).toBe(null);
});

test('a capture that is still recorded waits for its end', async () => {
  const folder = temporaryFolder();
  const { server, store, ask } = await serving({ kind: 'captures', ids: [] }, folder);
  const one = recorded(store, 'm');
  server.configure({ ...server.config, serves: { kind: 'captures', ids: [one.id] } });
  expect((await ask()).status).toBe(404);
  expect(server.state.error).toContain('m is still being recorded');
  one.append(Buffer.from(COMPLETED), 2000);
  one.finish({ kind: 'closed', atUs: 2000, code: null, message: '' });
  expect((await ask()).text).toBe(CREATED + COMPLETED);
  expect(server.state.error).toBe(null);
});

test('a folder is looked through again at each request', async () => {
  const path = temporaryFolder();
  const { server, ask } = await serving({ kind: 'folder', path });
  expect((await ask()).text).toContain('this server has none');
  mkdirSync(join(path, 'deep'));
  writeFileSync(join(path, 'deep/person.sse'), PERSON);
  writeFileSync(join(path, 'notes.md'), '# No recording');
  expect((await ask()).text).toBe(PERSON.toString());
  expect(server.state.log[1]).toMatchObject({ capture: 'deep/person.sse', status: 200 });
  writeFileSync(join(path, 'deep/person.sse'), CREATED);
  expect((await ask()).text).toBe(CREATED);
  writeFileSync(join(path, 'chat.sse.gz'), gzipSync(CHAT));
  expect((await ask({ stream: true }, '/v1/chat/completions')).text).toBe(CHAT.toString());
  writeFileSync(join(path, 'empty.har'), '{"log": {"version": "1.2", "entries": [');
  rmSync(join(path, 'deep'), { recursive: true });
  expect((await ask()).status).toBe(404);
  rmSync(path, { recursive: true });
  await ask();
  expect(server.state.error).toContain(`The folder ${path} can't be read`);
});

test('streams of a HAR and captures in a folder are served, and nothing is left behind', async () => {
  const path = temporaryFolder();
  const content = (text: string) => ({ content: { mimeType: 'text/event-stream', text } });
  const entries = [harEntry(content(CREATED)), harEntry(content(CREATED + COMPLETED))];
  writeFileSync(join(path, 'two.har'), har(entries));
  const { store } = storeOn(temporaryFolder());
  const one = recorded(store, 'captured');
  one.finish({ kind: 'closed', atUs: 2000, code: null, message: '' });
  cpSync(store.paths(one.id).folder, join(path, 'a capture'), { recursive: true });
  const temporary = temporaryFolder();
  const unpacked = () => readdirSync(temporary).filter((name) => name.includes('served'));
  vi.stubEnv('TMPDIR', temporary);
  const { server, ask } = await serving({ kind: 'folder', path });
  const asked = { model: 'gpt-4o-mini', stream: true };
  expect((await ask(asked)).text).toBe(CREATED);
  expect((await ask(asked)).text).toBe(CREATED + COMPLETED);
  expect((await ask({ model: 'captured', stream: true })).text).toBe(CREATED);
  expect(server.state.log.map(({ capture }) => capture)).toEqual([
    ...['two.har#1', 'two.har#2', 'a capture'],
  ]);
  expect(server.state.error).toBe(null);
  expect(unpacked()).toHaveLength(1);
  await server.stop();
  expect(unpacked()).toEqual([]);
});

test('what can not be read costs the others nothing', async () => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'good.sse'), CREATED);
  mkdirSync(join(path, 'newer'));
  writeFileSync(join(path, 'newer/capture.json'), '{"version": 99}');
  const shelf = new FolderShelf(path, null);
  onTestFinished(() => shelf.close());
  const { recordings, faults } = await shelf.list();
  expect(recordings.map(({ id }) => id)).toEqual(['good.sse']);
  expect(faults).toEqual([
    expect.stringMatching(/^newer can't be served: The capture newer has format 99/),
  ]);
});
