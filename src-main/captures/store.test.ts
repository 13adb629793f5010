import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { aRequest, COMPLETED, CREATED, storeOn } from '../testing/stores.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { newFolderId } from '../folder-id.ts';
import { CaptureReader } from './capture-reader.ts';
import { pathsIn } from './capture-folder.ts';
import type { Recording } from './recording.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const CLOSED = {
  kind: 'closed',
  atUs: 900,
  code: null,
  message: 'The server ended the stream.',
} as const;

/** All that a reader gives: `time:text`, with `+` where a chunk goes on. */
async function readAll(folder: string, timed: boolean, maxBytes = 1 << 20): Promise<string[]> {
  const reader = new CaptureReader(pathsIn(folder), { timed });
  const pieces: string[] = [];
  for (;;) {
    const read = await reader.read(maxBytes, true);
    if (read.bytes.byteLength === 0) break;
    for (const { timeUs, continued, bytes } of read.pieces) {
      pieces.push(`${continued ? '+' : ''}${timeUs}:${Buffer.from(bytes).toString('latin1')}`);
    }
  }
  await reader.close();
  return pieces;
}

test('a recording leaves the body, the chunk times and the metadata', () => {
  const folder = temporaryFolder();
  const { store, said } = storeOn(folder);
  const recording = store.record(aRequest);
  recording.append(bytes(CREATED), 100);
  recording.append(bytes(COMPLETED), 250);
  recording.finish(CLOSED);

  const paths = store.paths(recording.id);
  expect(readFileSync(paths.body, 'utf8')).toBe(CREATED + COMPLETED);
  expect(readFileSync(paths.chunks, 'utf8')).toBe(
    `[100,${CREATED.length}]\n[250,${COMPLETED.length}]\n`,
  );
  expect(JSON.parse(readFileSync(paths.meta, 'utf8'))).toMatchObject({
    version: 1,
    id: recording.id,
    timed: true,
    end: CLOSED,
  });
  expect(said.changes[0]).toBe(recording.id);
  // Both events have neither number nor status, no in_progress came, and there is no usage.
  const tally = [
    { rule: 'F3', severity: 'error', count: 1 },
    { rule: 'L5', severity: 'error', count: 2 },
    { rule: 'L2', severity: 'warning', count: 1 },
    { rule: 'L7', severity: 'warning', count: 1 },
  ];
  expect(store.list()).toMatchObject([
    { status: 'completed', events: 2, model: 'm', durationUs: 900, problems: tally },
  ]);
});

test('a running recording is listed with what came so far', () => {
  const { store } = storeOn(temporaryFolder());
  const recording = store.record(aRequest);
  expect(store.list()).toMatchObject([{ status: 'connecting', bytes: 0 }]);
  recording.append(bytes(CREATED), 10);
  expect(store.list()).toMatchObject([{ status: 'streaming', events: 1 }]);
  recording.finish({ ...CLOSED, kind: 'aborted' });
  expect(store.list()).toMatchObject([{ status: 'aborted', events: 1 }]);
});

describe('bookmarks', () => {
  const marks = [
    { seq: 7, note: 'late' },
    { seq: 2, note: '' },
  ];
  const ascending = [marks[1], marks[0]];

  test('are kept with the capture, while it is recorded and after', () => {
    const folder = temporaryFolder();
    const { store } = storeOn(folder);
    const recording = store.record(aRequest);
    store.setBookmarks(recording.id, [marks[1]!]);
    expect(recording.meta.bookmarks).toEqual([marks[1]]);
    recording.finish(CLOSED);
    store.setBookmarks(recording.id, marks);
    expect(storeOn(folder).store.meta(recording.id)).toMatchObject({
      bookmarks: ascending,
      name: 'A request',
      end: CLOSED,
    });
  });

  test.each([
    ['missing', undefined],
    ['damaged', [{ seq: -1 }]],
    ['no list', 'x'],
  ])('that are %s in the file cost nothing else of it', (_what, bookmarks) => {
    const folder = temporaryFolder();
    const { store } = storeOn(folder);
    const { id, paths } = store.record(aRequest);
    store.recording(id)!.finish(CLOSED);
    const file = JSON.parse(readFileSync(paths.meta, 'utf8')) as object;
    writeFileSync(paths.meta, JSON.stringify({ ...file, bookmarks }));
    const again = storeOn(folder);
    expect(again.store.meta(id)).toMatchObject({ bookmarks: [], name: 'A request' });
    expect(again.said.notices).toHaveLength(bookmarks === undefined ? 0 : 1);
  });

  test('that are damaged or repeated are left out alone, and told', () => {
    const folder = temporaryFolder();
    const { store } = storeOn(folder);
    const { id, paths } = store.record(aRequest);
    store.recording(id)!.finish(CLOSED);
    const file = JSON.parse(readFileSync(paths.meta, 'utf8')) as object;
    const again = [...marks, { seq: 2, note: 'again' }, { seq: 3, note: 'x'.repeat(2001) }, null];
    writeFileSync(paths.meta, JSON.stringify({ ...file, bookmarks: again }));
    const { store: next, said } = storeOn(folder);
    expect(next.meta(id).bookmarks).toEqual(ascending);
    next.meta(id);
    expect(said.notices).toEqual([expect.stringContaining('3 of 5')]);
  });
});

test('what is known is kept up to date in memory; only the list asks the disk', () => {
  const folder = temporaryFolder();
  const { store } = storeOn(folder);
  expect(store.known()).toEqual([]);
  const [first, second, third] = [1, 2, 3].map(() => store.record(aRequest)) as [
    Recording,
    Recording,
    Recording,
  ];
  first.finish(CLOSED);
  second.finish(CLOSED);
  store.rename(second.id, 'Renamed');
  // Nothing of it can be read any more.
  for (const name of ['capture.json', 'summary.json', 'body', 'chunks.jsonl'])
    rmSync(join(store.paths(first.id).folder, name));
  rmSync(store.paths(second.id).folder, { recursive: true });
  third.append(bytes(CREATED), 5);
  const known = () => store.known().map(({ id, name, events }) => [id, name, events]);
  const all = [
    [first.id, 'A request', 0],
    [second.id, 'Renamed', 0],
    [third.id, 'A request', 1],
  ];
  expect(known().sort()).toEqual(all.sort());
  third.finish(CLOSED);
  expect(known().sort()).toEqual(all);
  expect(store.list().map(({ id }) => id)).not.toContain(second.id);
  store.delete(first.id);
  expect(known()).toEqual([[third.id, 'A request', 1]]);
});

test('a change that is announced counts for those that would have followed soon', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { store, said } = storeOn(temporaryFolder());
  const recording = store.record(aRequest);
  for (let index = 0; index < 100; index++) recording.append(bytes('data: 1\n\n'), index);
  expect(said.changes).toEqual([recording.id]);
  vi.advanceTimersByTime(1000);
  expect(said.changes).toEqual([recording.id, null]);
  recording.append(bytes('data: 1\n\n'), 101);
  recording.finish(CLOSED);
  vi.advanceTimersByTime(1000);
  expect(said.changes).toEqual([recording.id, null, null]);
});

describe('after a crash', () => {
  test('nothing that was appended is lost, and the end says so without being written', async () => {
    const folder = temporaryFolder();
    const { store } = storeOn(folder);
    const recording = store.record(aRequest);
    recording.append(bytes('data: 1\n\n'), 100);
    recording.append(bytes('data: 2'), 250);
    // No finish: the process is gone, another one starts on the same folder.
    const after = storeOn(folder).store;
    expect(after.meta(recording.id).end).toMatchObject({
      kind: 'disconnected',
      code: 'recording-interrupted',
      atUs: 250,
      message: expect.stringContaining('16 bytes were kept'),
    });
    after.list();
    await after.settled();
    expect(after.list()).toMatchObject([{ status: 'disconnected', events: 1, bytes: 16 }]);
    expect(await readAll(after.paths(recording.id).folder, true)).toEqual([
      '100:data: 1\n\n',
      '250:data: 2',
    ]);
    after.rename(recording.id, 'Renamed');
    const stored = JSON.parse(readFileSync(after.paths(recording.id).meta, 'utf8'));
    expect(stored).toMatchObject({ name: 'Renamed', end: null });
    recording.finish(CLOSED);
  });

  test.each([
    ['a torn last line', '[100,4]\n[200,4]\n[30', 'aaaabbbbcc', ['100:aaaa', '200:bbbb', '200:cc']],
    ['bytes without a line', '[100,4]\n', 'aaaabb', ['100:aaaa', '100:bb']],
    ['a line without bytes', '[100,4]\n[200,4]\n', 'aaaabb', ['100:aaaa', '200:bb']],
    ['lines far beyond the body', '[100,4]\n[200,4]\n[300,9]\n', 'aaaa', ['100:aaaa']],
    ['no table', null, 'aaaa', ['0:aaaa']],
    ['an empty table', '', 'aaaa', ['0:aaaa']],
    ['a damaged line', '[100,2]\n[x,2]\n[300,2]\n', 'aabbcc', ['100:aa', '100:bbcc']],
    ['chunks of no bytes', '[100,2]\n[150,0]\n[200,2]\n', 'aabb', ['100:aa', '200:bb']],
    ['an empty body', '[100,2]\n', '', []],
  ])('%s is tolerated', async (_name, chunks, body, expected) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'body'), body);
    if (chunks !== null) writeFileSync(join(folder, 'chunks.jsonl'), chunks);
    expect(await readAll(folder, true)).toEqual(expected);
  });

  test('chunks that are larger than a read go on in the next', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'body'), 'aaaaabbb');
    writeFileSync(join(folder, 'chunks.jsonl'), '[100,5]\n[200,3]\n');
    expect(await readAll(folder, true, 3)).toEqual(['100:aaa', '+100:aa', '200:b', '+200:bb']);
    expect(await readAll(folder, false, 3)).toEqual(['0:aaa', '+0:aab', '+0:bb']);
  });
});

test('the parser gets Node buffers, the page a plain array, and both are the same memory', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'body'), 'aaaaabbb');
  const reader = new CaptureReader(pathsIn(folder), { timed: false });
  const { bytes, pieces } = await reader.read(5, true);
  await reader.close();
  expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
  expect(pieces).toHaveLength(1);
  expect(Buffer.isBuffer(pieces[0]!.bytes)).toBe(true);
  expect(pieces[0]!.bytes.buffer).toBe(bytes.buffer);
  expect(bytes.buffer.byteLength).toBe(5);
});

describe('damaged metadata', () => {
  test.each([
    ['missing', null],
    ['no JSON', '{"version": 1, "na'],
    ['of another shape', '{"version": 1, "name": 7}'],
  ])('%s: the bytes are still shown, and the end says what is lost', async (_name, text) => {
    const folder = temporaryFolder();
    const { store } = storeOn(folder);
    const recording = store.record(aRequest);
    recording.append(bytes(CREATED), 5);
    recording.finish(CLOSED);
    const { meta } = store.paths(recording.id);
    if (text === null) rmSync(meta);
    else writeFileSync(meta, text);

    const after = storeOn(folder).store;
    expect(after.meta(recording.id)).toMatchObject({
      name: recording.id,
      timed: true,
      end: { code: 'no-metadata', message: expect.stringContaining('capture.json') },
    });
    expect(after.list()).toHaveLength(1);
  });

  test('a newer version is refused with a message, once, and left as it is', () => {
    const folder = temporaryFolder();
    const captures = join(folder, 'captures', '20300101-000000-aaaa');
    const text = '{"version": 2, "somethingNew": true}';
    mkdirSync(captures, { recursive: true });
    writeFileSync(join(captures, 'capture.json'), text);
    const { store, said } = storeOn(folder);
    expect(store.list()).toEqual([]);
    expect(store.list()).toEqual([]);
    expect(said.notices).toEqual([expect.stringContaining('format 2')]);
    expect(() => store.meta('20300101-000000-aaaa')).toThrow('reads up to 1');
    expect(readFileSync(join(captures, 'capture.json'), 'utf8')).toBe(text);
  });
});

test('the summary is computed again when the body has another size', async () => {
  const folder = temporaryFolder();
  const { store } = storeOn(folder);
  const recording = store.record(aRequest);
  recording.append(bytes(CREATED), 5);
  recording.finish(CLOSED);
  appendFileSync(store.paths(recording.id).body, COMPLETED);

  const { store: after, said } = storeOn(folder);
  expect(after.list()).toMatchObject([{ status: 'idle', events: 0 }]);
  await after.settled();
  expect(said.changes).toEqual([null]);
  expect(after.list()).toMatchObject([{ status: 'completed', events: 2 }]);
  expect(storeOn(folder).store.list()).toMatchObject([{ status: 'completed', events: 2 }]);
});

test.each(['../x', 'a/b', '..', '', 'a.b', 'x'.repeat(81), 'a\\b', 'a\0'])(
  'the id %j reaches nothing',
  (id) => {
    const { store } = storeOn(temporaryFolder());
    expect(() => store.paths(id)).toThrow('not the id');
    expect(() => store.delete(id)).toThrow('not the id');
  },
);

test('ids sort by time and differ within a second', () => {
  const at = new Date('2026-11-22T16:05:30.123Z');
  const ids = new Set(Array.from({ length: 50 }, () => newFolderId(at)));
  expect(ids.size).toBeGreaterThan(40);
  for (const id of ids) expect(id).toMatch(/^20261122-160530-[0-9a-z]{4}$/);
});

describe('the trash', () => {
  function withOne() {
    const folder = temporaryFolder();
    const { store } = storeOn(folder);
    const recording = store.record(aRequest);
    recording.append(bytes(CREATED), 5);
    return { folder, store, recording, id: recording.id };
  }

  test('deleting is undone by restoring, bytes and all', () => {
    const { store, recording, id, folder } = withOne();
    recording.finish(CLOSED);
    store.delete(id);
    expect(store.list()).toEqual([]);
    expect(existsSync(join(folder, 'trash', id, 'body'))).toBe(true);
    expect(() => store.delete(id)).toThrow('no longer there');
    expect(store.restore(id)).toMatchObject({ id, events: 1 });
    expect(store.list()).toHaveLength(1);
    expect(() => store.restore(id)).toThrow();
  });

  test('a running recording is not deleted', () => {
    const { store, id, recording } = withOne();
    expect(() => store.delete(id)).toThrow('being recorded');
    recording.finish(CLOSED);
  });

  test('what was deleted more than 30 days ago is gone at the next start', () => {
    const { folder, store, recording, id } = withOne();
    recording.finish(CLOSED);
    store.delete(id);
    storeOn(folder);
    expect(existsSync(join(folder, 'trash', id))).toBe(true);
    const old = new Date(Date.now() - 31 * 24 * 3600 * 1000);
    utimesSync(join(folder, 'trash', id), old, old);
    storeOn(folder);
    expect(existsSync(join(folder, 'trash', id))).toBe(false);
  });
});

const numbered = (type: string, number: number) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number, response: { id: 'r' } })}\n\n`;

describe('how a capture is read', () => {
  test('is kept, while it is recorded and after, until it is taken back', () => {
    const folder = temporaryFolder();
    const { store } = storeOn(folder);
    const recording = store.record(aRequest);
    store.setSilenced(recording.id, ['F4']);
    store.setDialect(recording.id, 'messages');
    recording.finish(CLOSED);
    store.setProfile(recording.id, 'xai');
    store.setSilenced(recording.id, ['F4', 'W2']);
    const kept = { silenced: ['F4', 'W2'], dialect: 'messages', profile: 'xai' };
    expect(storeOn(folder).store.meta(recording.id)).toMatchObject(kept);
    expect(store.summary(recording.id)).toMatchObject({ silenced: ['F4', 'W2'], profile: 'xai' });

    store.setDialect(recording.id, null);
    store.setProfile(recording.id, null);
    store.setSilenced(recording.id, []);
    const again = storeOn(folder).store.meta(recording.id);
    for (const name of Object.keys(kept)) expect(again).not.toHaveProperty(name);
  });

  test('decides what the list says of it, also while it is recorded', async () => {
    const { store } = storeOn(temporaryFolder());
    const rules = () => store.summary(recording.id).problems.map(({ rule }) => rule);
    const recording = store.record(aRequest);
    // The second event is numbered as the third.
    recording.append(bytes(numbered('response.created', 0)), 100);
    recording.append(bytes(numbered('response.in_progress', 2)), 200);
    expect(rules()).toContain('F4');
    store.setDialect(recording.id, 'plain');
    recording.finish(CLOSED);
    store.list();
    await store.settled();
    expect(rules()).not.toContain('F4');

    store.setDialect(recording.id, null);
    store.list();
    await store.settled();
    expect(rules()).toContain('F4');
  });

  test('is as its events say where the file is damaged there', () => {
    const folder = temporaryFolder();
    const { store } = storeOn(folder);
    const { id, paths } = store.record(aRequest);
    store.recording(id)!.finish(CLOSED);
    const file = JSON.parse(readFileSync(paths.meta, 'utf8')) as object;
    const damaged = { dialect: 'morse', profile: '../x', silenced: ['F4', 7, 'F4', 'a b'] };
    writeFileSync(paths.meta, JSON.stringify({ ...file, ...damaged }));
    const meta = storeOn(folder).store.meta(id);
    expect(meta).toMatchObject({ name: 'A request', silenced: ['F4'] });
    expect(meta).not.toHaveProperty('dialect');
    expect(meta).not.toHaveProperty('profile');
  });
});

test('hundreds of recordings at once are announced in turns, the last one to be shown', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const { store, said } = storeOn(temporaryFolder());
  const recordings = Array.from({ length: 50 }, () => store.record(aRequest));
  expect(said.changes).toEqual(recordings.slice(0, 8).map(({ id }) => id));
  vi.advanceTimersByTime(250);
  expect(said.changes.slice(8)).toEqual([recordings.at(-1)!.id]);
  for (const recording of recordings)
    recording.finish({ kind: 'closed', atUs: 1, code: null, message: '' });
  vi.advanceTimersByTime(250);
  expect(said.changes.length).toBeLessThan(20);
  expect(said.changes.slice(9).every((select) => select === null)).toBe(true);
});
