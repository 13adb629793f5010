import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { aRequest, COMPLETED, CREATED, storeOn, toolsOf } from '../testing/stores.ts';
import type { CaptureStore } from '../captures/store.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type ImportedAs, importPath } from './import-path.ts';
import { importSource } from './import-source.ts';
import { PieceImports } from './piece-imports.ts';
import { UNWATCHED } from './source.ts';

function inFolder() {
  const folder = temporaryFolder();
  return { folder, ...storeOn(join(folder, 'data')) };
}

/** Imports a file that becomes one capture. */
async function importOne(store: CaptureStore, path: string, as?: ImportedAs) {
  const { captures } = await importPath(toolsOf(store), path, as);
  expect(captures).toHaveLength(1);
  return captures[0]!;
}

test('a file keeps its bytes, whatever they are', async () => {
  const { folder, store } = inFolder();
  const path = join(folder, 'odd.sse');
  const bytes = Buffer.concat([
    Buffer.from('\uFEFFdata: {"type":"response.completed"}\r\n\r\n'),
    Buffer.from([0xff, 0x00, 0x80]),
  ]);
  writeFileSync(path, bytes);
  const summary = await importOne(store, path);
  expect(summary).toMatchObject({
    name: 'odd.sse',
    origin: 'file',
    events: 1,
    status: 'completed',
    timed: false,
    durationUs: 0,
  });
  expect(readFileSync(store.paths(summary.id).body)).toEqual(bytes);
  expect(store.meta(summary.id).origin).toEqual({
    kind: 'file',
    path,
    format: 'stream',
  });
  expect(readdirSync(join(folder, 'data', 'staging'))).toEqual([]);
});

test('a file without events is kept and says so', async () => {
  const { folder, store } = inFolder();
  const path = join(folder, 'notes.txt');
  writeFileSync(path, 'x'.repeat(1204));
  const summary = await importOne(store, path);
  expect(summary).toMatchObject({ events: 0, status: 'failed', bytes: 1204 });
  expect(store.meta(summary.id).end).toMatchObject({
    code: 'no-events',
    message: expect.stringMatching(
      /^No events in notes\.txt: 1,204 bytes were kept\. Looked for an event stream \(line 1, byte 0: "x{24}…" is no field/,
    ),
  });
});

test.each([
  `Invoke-WebRequest -Uri https://a.test -Headers @{ "Authorization"="Bearer ${'k1'.repeat(9)}" }`,
  `fetch("https://a.test", {"headers":{"x-api-key":"${'k'.repeat(20)}"}});`,
  `http POST https://a.test Authorization:"Bearer ${'k1'.repeat(9)}"`,
  `sk-${'k'.repeat(20)}`,
  `${'x'.repeat(1024 * 1024 - 8)} sk-proj-${'k'.repeat(20)}`,
])('text without an event that holds a secret is not kept', async (text) => {
  const { folder, store } = inFolder();
  const path = join(folder, 'notes.txt');
  writeFileSync(path, text);
  const summary = await importOne(store, path);
  expect(summary).toMatchObject({ events: 0, status: 'failed', bytes: 0 });
  expect(readFileSync(store.paths(summary.id).body)).toHaveLength(0);
  const { message } = store.meta(summary.id).end!;
  expect(message).toContain('Nothing of it was kept, since it may hold keys and cookies.');
  expect(message).not.toMatch(/k1k1|kkk/);
});

test('a stream that stops before its end is disconnected; a chat stream with [DONE] is complete', async () => {
  const { folder, store } = inFolder();
  writeFileSync(join(folder, 'cut.sse'), CREATED);
  writeFileSync(join(folder, 'chat.sse'), 'data: {"choices":[]}\n\ndata: [DONE]\n\n');
  expect(await importOne(store, join(folder, 'cut.sse'))).toMatchObject({
    status: 'disconnected',
  });
  expect(await importOne(store, join(folder, 'chat.sse'))).toMatchObject({ status: 'completed' });
});

test.each([
  ['missing.sse', 'missing.sse does not exist.'],
  ['folder', 'folder is a folder, and no capture: it has no capture.json.'],
  ['empty.sse', 'empty.sse is empty.'],
])('%s is refused by name', async (name, message) => {
  const { folder, store } = inFolder();
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'empty.sse'), '');
  await expect(importOne(store, join(folder, name))).rejects.toThrow(message);
  expect(store.list()).toEqual([]);
});

test("a capture's folder comes over whole, as a capture of its own", async () => {
  const { folder, store } = inFolder();
  const recording = store.record(aRequest);
  recording.append(Buffer.from(CREATED), 100);
  recording.append(Buffer.from(COMPLETED), 300);
  recording.finish({ kind: 'closed', atUs: 400, code: null, message: '' });
  const source = store.paths(recording.id).folder;

  const { store: other } = storeOn(join(folder, 'other'));
  for (const path of [source, join(source, 'capture.json')]) {
    const summary = await importOne(other, path);
    expect(summary).toMatchObject({ name: 'A request', timed: true, events: 2, durationUs: 400 });
    expect(summary.id).not.toBe(recording.id);
    const paths = other.paths(summary.id);
    expect(readFileSync(paths.chunks)).toEqual(readFileSync(store.paths(recording.id).chunks));
    expect(readFileSync(paths.body)).toEqual(readFileSync(store.paths(recording.id).body));
  }
});

test('keys that a foreign capture holds are not taken over', async () => {
  const { folder, store } = inFolder();
  const source = join(folder, 'foreign');
  mkdirSync(source);
  const meta = {
    ...{ version: 1, id: 'foreign', name: 'foreign', createdAt: '2026-11-23T07:00:00.000Z' },
    ...{ origin: { kind: 'request', endpoint: 'other' }, timing: null, timed: false },
    request: {
      method: 'POST',
      url: 'https://bob:pass-0000000001@api.test/v1/responses?api_key=key-0000000002&b=1',
      headers: [
        ['Authorization', 'Bearer key-0000000003'],
        ['Referer', 'https://api.test/?token=key-0000000004'],
        ['x-client', 'one'],
      ],
      body: '{"model":"m"}',
    },
    response: {
      ...{ status: 200, statusText: 'OK', httpVersion: '1.1' },
      headers: [
        ['Set-Cookie', 'session=key-0000000005'],
        ['x-request-id', 'r1'],
      ],
    },
    end: { kind: 'closed', atUs: 0, code: null, message: '' },
    bookmarks: [],
  };
  writeFileSync(join(source, 'capture.json'), JSON.stringify(meta));
  writeFileSync(join(source, 'body'), CREATED + COMPLETED);
  const { id } = await importOne(store, source);
  const kept = readFileSync(store.paths(id).meta, 'utf8');
  expect(kept).not.toMatch(/0000000\d+/);
  expect(store.meta(id)).toMatchObject({
    request: { headers: [{}, {}, ['x-client', 'one']], body: '{"model":"m"}' },
    response: { headers: [{}, ['x-request-id', 'r1']] },
  });
});

test('a folder of a newer format is refused and stays whole', async () => {
  const { folder, store } = inFolder();
  const source = join(folder, 'newer');
  mkdirSync(source);
  writeFileSync(join(source, 'capture.json'), '{"version": 9}');
  copyFileSync(join(source, 'capture.json'), join(source, 'body'));
  await expect(importOne(store, source)).rejects.toThrow('newer Deltascope');
  expect(readdirSync(source).sort()).toEqual(['body', 'capture.json']);
});

test('pieces make one capture, cut wherever they were', async () => {
  const { store, said } = inFolder();
  const imports = new PieceImports(store);
  const bytes = Buffer.from(CREATED + COMPLETED.replace('"m"', '"mü"'));
  const id = imports.start('Pasted stream', 'paste');
  for (let at = 0; at < bytes.length; at += 7) imports.piece(id, bytes.subarray(at, at + 7));
  expect(store.list()).toEqual([]);
  const { captures } = await importSource(toolsOf(store), imports.end(id), UNWATCHED);
  const [summary] = captures;
  expect(summary).toMatchObject({ id, origin: 'paste', events: 2, model: 'mü' });
  expect(readFileSync(store.paths(id).body)).toEqual(bytes);
  expect(said.notices).toEqual([]);
  expect(() => imports.piece(id, bytes)).toThrow('has ended');
});

test('an empty paste and a page that went away leave nothing', () => {
  const { folder, store } = inFolder();
  const imports = new PieceImports(store);
  expect(() => imports.end(imports.start('Pasted', 'paste'))).toThrow('is empty');
  const id = imports.start('file', 'file');
  imports.piece(id, Buffer.from('data: 1\n\n'));
  imports.cancelAll();
  expect(readdirSync(join(folder, 'data', 'staging'))).toEqual([]);
});

test.each([
  ['a stream', CREATED.repeat(20_000)],
  ['a gzip', gzipSync(CREATED.repeat(20_000), { level: 0 })],
  [
    'a log',
    `${JSON.stringify({ request: { url: 'https://a.test' }, response: { body_raw: CREATED.repeat(5000) } })}\n`.repeat(
      4,
    ),
  ],
])('cancelling %s on its way leaves nothing', async (_what, content) => {
  const { folder, store } = inFolder();
  const path = join(folder, 'large');
  writeFileSync(path, content);
  const controller = new AbortController();
  const doings = new Set<string>();
  const progress = (fraction: number, doing: string) => {
    expect(fraction).toBeGreaterThan(0);
    expect(fraction).toBeLessThanOrEqual(1);
    doings.add(doing);
    controller.abort();
  };
  const watch = { signal: controller.signal, progress };
  await expect(importPath(toolsOf(store), path, undefined, watch)).rejects.toThrow(
    'The import of large was cancelled.',
  );
  expect(doings.size).toBe(1);
  expect(store.list()).toEqual([]);
  expect(readdirSync(join(folder, 'data', 'staging'))).toEqual([]);
});
