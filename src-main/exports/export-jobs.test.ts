import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_REDACTION } from '../../src-core/redaction/options.ts';
import { recordedBytes } from '../../src-core/testing/spanned-capture.ts';
import { type ExportJob, PREVIEW_CHARACTERS } from '../../src-ipc/export-contract.ts';
import { REDACTED } from '../../src-ipc/secret-headers.ts';
import { KeyStore, type SecretBox } from '../keys.ts';
import { CollectorStore } from '../otlp/collector-store.ts';
import { collector } from '../otlp/testing/collector.ts';
import { Refusal } from '../refusal.ts';
import { listening } from '../testing/servers.ts';
import { storeOn } from '../testing/stores.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { ExportJobs } from './export-jobs.ts';
import { writeExport } from './write-export.ts';

const noBox: SecretBox = {
  available: false,
  encrypt: () => expect.fail('encrypts without a keyring'),
  decrypt: () => expect.fail('decrypts without a keyring'),
};
const PERSON = recordedBytes('seed-person.sse');

/** A store with two captures of a body, and jobs that save to `saved`. */
function setUp(body: Uint8Array = PERSON) {
  const folder = temporaryFolder();
  const { store } = storeOn(folder);
  const captures = ['first', 'second'].map((name) => {
    const recording = store.record({ name, origin: { kind: 'request', endpoint: 'test' } });
    recording.append(Buffer.from(body), 100);
    recording.finish({ kind: 'closed', atUs: 900, code: null, message: '' });
    return recording.id;
  });
  const asked: string[] = [];
  const saved = { path: join(folder, 'result') as string | null };
  const collectors = new CollectorStore(folder, new KeyStore(folder, noBox, () => {}), () => {});
  const jobs = new ExportJobs({
    captures: store,
    collector: collectors,
    version: '1.2.3',
    ca: null,
    progress: () => undefined,
    choosePath: (name) => {
      asked.push(name);
      return Promise.resolve(saved.path);
    },
  });
  const job = (more: Partial<ExportJob> = {}): ExportJob => ({
    job: 'j',
    format: 'sse',
    captures: [captures[0]!],
    redaction: { ...NO_REDACTION, custom: [] },
    content: false,
    ...more,
  });
  return { folder, jobs, job, captures, asked, saved, collectors };
}

async function codeOf(action: Promise<unknown>): Promise<string> {
  const error: unknown = await action.catch((thrown: unknown) => thrown);
  return error instanceof Refusal ? error.code : String(error);
}

test('the beginning, the size, the text and the file are of one result', async () => {
  const { jobs, job, asked, saved } = setUp();
  const text = Buffer.from(PERSON).toString('utf8');
  expect(await jobs.preview(job())).toEqual({ text, isWhole: true, isBinary: false });
  expect((await jobs.measure(job())).bytes).toBe(PERSON.byteLength);
  expect(await jobs.text(job())).toEqual({ text });
  expect(await jobs.save(job())).toEqual({ path: saved.path, bytes: PERSON.byteLength });
  expect(asked).toEqual(['first.sse']);
  expect(readFileSync(saved.path!)).toEqual(Buffer.from(PERSON));
});

test('a long result is shown by its beginning', async () => {
  const line = `data: ${'x'.repeat(1000)}\n\n`;
  const { jobs, job } = setUp(Buffer.from(line.repeat(300)));
  const preview = await jobs.preview(job());
  expect(preview).toMatchObject({ isWhole: false });
  expect(preview.text).toBe(line.repeat(300).slice(0, PREVIEW_CHARACTERS));
});

test('what stood in a file is lost only to a whole one', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'result');
  writeFileSync(path, 'before');
  const stop = new AbortController();
  async function* pieces() {
    yield await Promise.resolve(Buffer.from('one'));
    stop.abort();
    yield Buffer.from('two');
  }
  expect(await codeOf(writeExport(path, pieces(), stop.signal))).toBe('canceled');
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['result']);
});

test('a folder that is not there is told, and nobody who cancels gets a file', async () => {
  const { folder, jobs, job, saved } = setUp();
  saved.path = join(folder, 'none', 'x.sse');
  expect(await codeOf(jobs.save(job()))).toBe('file-unwritable');
  saved.path = null;
  expect(await jobs.save(job())).toBeNull();
});

test('a new job of a name ends the one before, and several captures need a format for them', async () => {
  const { jobs, job, captures } = setUp();
  const first = codeOf(jobs.measure(job()));
  const second = jobs.measure(job());
  expect(await first).toBe('canceled');
  expect((await second).bytes).toBe(PERSON.byteLength);
  expect(await codeOf(jobs.preview(job({ captures })))).toBe('one-capture');
  expect(await codeOf(jobs.preview(job({ captures: ['nope'] })))).toBe('no-such-capture');
  expect(await codeOf(jobs.text(job({ format: 'bundle' })))).toBe('no-text');
});

test('spans are shown as they are sent, and go to the collector that is kept', async () => {
  const { server, requests } = collector();
  const url = `http://127.0.0.1:${await listening(server)}`;
  const { jobs, job, captures, collectors, folder } = setUp();
  const spans = job({ format: 'otlp', captures });
  expect(await codeOf(jobs.send(spans))).toBe('no-collector');
  const kept = collectors.save({
    ...collectors.get(),
    url,
    headers: [['x-api-key', 'secret-1']],
    serviceName: 'lab',
  });
  // Keys go inward only.
  expect(kept.headers).toEqual([['x-api-key', REDACTED]]);
  expect(readFileSync(join(folder, 'collector.json'), 'utf8')).not.toContain('secret-1');
  const preview = JSON.parse((await jobs.preview(spans)).text) as {
    traceId: string;
    end: string;
    attributes: unknown;
  }[];
  expect(await jobs.send(spans)).toMatchObject({ sent: 2, rejected: 0, url: `${url}/v1/traces` });
  const [request] = requests;
  expect(request!.headers).toMatchObject({ 'x-api-key': 'secret-1' });
  expect(request!.resource).toMatchObject({ 'service.name': 'lab' });
  expect(request!.spans.map(({ traceId, attributes }) => ({ traceId, attributes }))).toEqual(
    preview.map(({ traceId, attributes }) => ({ traceId, attributes })),
  );
  expect(preview[0]!.end).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
});

test('secrets of a collector are forgotten with another server, and with their header', () => {
  const { collectors } = setUp();
  const input = { ...collectors.get(), url: 'http://one.test:4318' };
  const headers: [string, string][] = [
    ['x-api-key', 'secret-1'],
    ['x-team', 'lab'],
  ];
  collectors.save({ ...input, headers });
  const kept = collectors.get();
  expect(kept.headers).toEqual([
    ['x-api-key', REDACTED],
    ['x-team', 'lab'],
  ]);
  // What the page has is good for the same server only.
  expect(collectors.save({ ...kept, protocol: 'json' }).headers).toEqual(kept.headers);
  expect(collectors.target().headers).toEqual(headers);
  expect(() => collectors.save({ ...kept, url: 'http://two.test' })).toThrow(/value of x-api-key/);
  collectors.save({ ...kept, headers: [] });
  expect(collectors.save({ ...input, headers: [['x-api-key', '']] }).headers).toEqual([
    ['x-api-key', ''],
  ]);
  expect(() => collectors.save({ ...input, url: 'http://a:b@one.test' })).toThrow(Refusal);
});
