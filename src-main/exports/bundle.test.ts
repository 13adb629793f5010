import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { CaptureMeta } from '../../src-core/capture.ts';
import type { ExportCapture } from '../../src-core/export/export-capture.ts';
import { NO_REDACTION, DEFAULT_REDACTION } from '../../src-core/redaction/options.ts';
import {
  bodyOf,
  chunksOf,
  exportCapture,
  PLAIN_META,
} from '../../src-core/testing/export-captures.ts';
import { recordings } from '../../src-core/testing/recordings.ts';
import { CaptureStore } from '../captures/store.ts';
import { importPath } from '../imports/import-path.ts';
import { readYaml } from '../imports/read-yaml.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { exportCaptures } from './export-captures.ts';
import { storedCapture } from './stored-capture.ts';

const BY = { version: '0.5.0', at: '2026-02-03T04:05:06.000Z' };

async function bundleOf(captures: readonly ExportCapture[], redaction = NO_REDACTION) {
  const pieces: Uint8Array[] = [];
  for await (const piece of exportCaptures('bundle', captures, { redaction, ...BY }))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

function library() {
  const folder = temporaryFolder();
  const store = new CaptureStore(folder, { changed: () => {}, notice: () => {} });
  store.start();
  const path = join(folder, 'shared.deltascope');
  const read = async (bytes: Uint8Array) => {
    writeFileSync(path, bytes);
    return (await importPath({ store, readYaml }, path)).captures;
  };
  /** Folders that were begun and not brought to an end. */
  const left = () => {
    const staging = join(folder, 'staging');
    return existsSync(staging) ? readdirSync(staging) : [];
  };
  return { folder, store, path, read, left };
}

const FULL: CaptureMeta = {
  ...PLAIN_META,
  name: 'Ärger / "42"',
  origin: { kind: 'proxy', server: 'Agent', upstream: 'https://api.example.com/v1' },
  end: {
    kind: 'aborted',
    atUs: 91_234,
    by: 'client',
    code: 'ECONNRESET',
    message: 'The client went.',
  },
  bookmarks: [
    { seq: 1, note: 'here' },
    { seq: 3, note: '' },
  ],
  dialect: 'plain',
  profile: 'xai',
  silenced: ['F4'],
};

test('a bundle that is imported is the capture that was exported', async () => {
  const { store, read } = library();
  const streams = recordings('.sse').filter(({ bytes }) => bytes.length < 60_000);
  const captures = streams
    .slice(0, 12)
    .map(({ name, bytes }, at) =>
      exportCapture(
        bytes,
        at % 2 === 0 ? { ...FULL, name } : { ...PLAIN_META, name, timed: false },
        [1, 700, 13],
      ),
    );
  const again = await read(await bundleOf(captures));
  expect(again.map(({ name }) => name)).toEqual(captures.map(({ meta }) => meta.name));
  for (const [at, { id }] of again.entries()) {
    const meta = store.meta(id);
    const { addedAt, ...rest } = meta;
    expect(addedAt).toBeDefined();
    expect(rest).toEqual({ ...captures[at]!.meta, id });
    const stored = storedCapture(store.paths(id), meta);
    expect(Buffer.compare(await bodyOf(stored), await bodyOf(captures[at]!))).toBe(0);
    if (meta.timed) expect(await chunksOf(stored)).toEqual(await chunksOf(captures[at]!));
    else expect(readdirSync(store.paths(id).folder)).not.toContain('chunks.jsonl');
  }
});

test('other programs unpack it', async () => {
  const { folder } = library();
  const capture = exportCapture('data: {"user_id":"ann-1234"}\n\n', FULL, [7]);
  const bytes = await bundleOf([capture], DEFAULT_REDACTION);
  const files = unzipSync(new Uint8Array(bytes));
  expect(Object.keys(files)).toEqual([
    'bundle.json',
    'captures/1/capture.json',
    'captures/1/body',
    'captures/1/chunks.jsonl',
  ]);
  const text = (name: string) => Buffer.from(files[name]!).toString();
  expect(JSON.parse(text('bundle.json'))).toEqual({
    format: 'deltascope-bundle',
    version: 1,
    creator: 'Deltascope 0.5.0',
    exportedAt: '2026-02-03T04:05:06.000Z',
    redacted: ['secret', 'organisation', 'user'],
    captures: [{ folder: 'captures/1', name: 'Ärger / "42"' }],
  });
  expect(text('captures/1/body')).toBe('data: {"user_id":"********"}\n\n');
  expect(text('captures/1/chunks.jsonl')).toBe(
    '[2000,7]\n[3000,7]\n[4000,7]\n[5000,7]\n[6000,2]\n',
  );
  const path = join(folder, 'x.zip');
  writeFileSync(path, bytes);
  const check = 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())';
  const run = spawnSync('python3', ['-c', check, path], { encoding: 'utf8' });
  if (run.error) console.warn('There is no python3: the zip was not read by it.');
  else expect(run.stdout.trim()).toBe('None');
});

test('bytes of the wire come along where nothing is struck out of them', async () => {
  const { store, read } = library();
  const wire = async function* () {
    yield await Promise.resolve([
      { bytes: Uint8Array.of(31, 139, 0, 1), timeUs: 2100, continued: false },
    ]);
  };
  const plain = { ...exportCapture('data: {"a":1}\n\n'), wire };
  const named = { ...exportCapture('data: {"user_id":"ann-1234"}\n\n'), wire };
  const [first, second] = await read(await bundleOf([plain, named], DEFAULT_REDACTION));
  const { wire: path, wireChunks } = store.paths(first!.id);
  expect([...readFileSync(path)]).toEqual([31, 139, 0, 1]);
  expect(readFileSync(wireChunks, 'utf8')).toBe('[2100,4]\n');
  expect(storedCapture(store.paths(first!.id), store.meta(first!.id)).wire).toBeDefined();
  expect(readdirSync(store.paths(second!.id).folder)).not.toContain('wire');
});

test('an unpacked bundle is a folder of captures', async () => {
  const { folder, store } = library();
  const unpacked = join(folder, 'unpacked');
  const files = unzipSync(new Uint8Array(await bundleOf([exportCapture('data: 1\n\n', FULL)])));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(unpacked, name, '..'), { recursive: true });
    writeFileSync(join(unpacked, name), bytes);
  }
  const { captures } = await importPath({ store, readYaml }, unpacked);
  expect(captures.map(({ name, bytes }) => [name, bytes])).toEqual([[FULL.name, 9]]);
  rmSync(join(unpacked, 'bundle.json'));
  await expect(importPath({ store, readYaml }, unpacked)).rejects.toThrow(/no capture/);
});

describe('what is no sound bundle is refused whole, and why', () => {
  const about = (more: object = {}) => ({
    'bundle.json': Buffer.from(
      JSON.stringify({
        format: 'deltascope-bundle',
        version: 1,
        captures: [{ folder: 'captures/1', name: 'x' }],
        ...more,
      }),
    ),
  });
  const meta = { 'captures/1/capture.json': Buffer.from(JSON.stringify(FULL)) };
  const cases: [string, Record<string, Uint8Array>, RegExp][] = [
    [
      'a newer format',
      { ...about({ version: 2 }), ...meta },
      /format 2, and this Deltascope reads up to 1/,
    ],
    ['a missing capture', about(), /captures\/1\/capture\.json is missing/],
    [
      'a path out of it',
      { ...about(), ...meta, '../evil': Buffer.from('x') },
      /outside of itself \(\.\.\/evil\)/,
    ],
    [
      'a folder out of it',
      { ...about({ captures: [{ folder: 'captures/../..' }] }), ...meta },
      /names no captures/,
    ],
    ['another format', { ...about({ format: 'x' }), ...meta }, /does not say that it is a bundle/],
    [
      'a capture twice',
      { ...about({ captures: [{ folder: 'captures/1' }, { folder: 'captures/1' }] }), ...meta },
      /twice/,
    ],
  ];
  test.each(cases)('%s', async (_name, files, message) => {
    const { read, store, left } = library();
    await expect(read(zipSync(files))).rejects.toThrow(message);
    expect(store.list()).toEqual([]);
    expect(left()).toEqual([]);
  });

  test('a zip without bundle.json', async () => {
    const { read } = library();
    const zip = zipSync({ 'notes/bundle.json.txt': Buffer.from('x') });
    await expect(read(zip)).rejects.toThrow(/without bundle\.json/);
  });

  test('one that was cut', async () => {
    const { read, path, store, left } = library();
    const bytes = await bundleOf([exportCapture('data: 1\n\n'.repeat(500), FULL)]);
    writeFileSync(path, bytes);
    truncateSync(path, bytes.length - 40);
    await expect(read(readFileSync(path))).rejects.toThrow(
      /shared\.deltascope is damaged: it is cut off/,
    );
    expect([store.list(), left()]).toEqual([[], []]);
  });

  test('changed bytes', async () => {
    const { read, left } = library();
    // Stored, so that only the checksum can tell.
    const body = { 'captures/1/body': Buffer.from('data: unchanged\n\n') };
    const zip = Buffer.from(zipSync({ ...about(), ...meta, ...body }, { level: 0 }));
    zip.write('X', zip.indexOf('unchanged'));
    await expect(read(zip)).rejects.toThrow(/the checksum of captures\/1\/body is wrong/);
    expect(left()).toEqual([]);
  });

  test('a size that lies, and bytes that two files share', async () => {
    const { read } = library();
    const body = { 'captures/1/body': Buffer.alloc(1000, 'data: 1\n\n') };
    const zip = Buffer.from(zipSync({ ...about(), ...meta, ...body }));
    // The last entry of the list: its size, 24 bytes in.
    const entry = zip.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    const lying = Buffer.from(zip);
    lying.writeUInt32LE(10, entry + 24);
    await expect(read(lying)).rejects.toThrow(/body holds more than the 10 bytes/);
    const shared = Buffer.from(zip);
    shared.writeUInt32LE(0, entry + 42);
    await expect(read(shared)).rejects.toThrow(/goes on where another file begins/);
    const bomb = Buffer.from(zip);
    bomb.writeUInt32LE(2 ** 30, entry + 24);
    await expect(read(bomb)).rejects.toThrow(/more than 500 times as large/);
  });
});
