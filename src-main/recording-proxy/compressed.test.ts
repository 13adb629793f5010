import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  brotliCompressSync,
  constants,
  createGzip,
  deflateRawSync,
  deflateSync,
  gzipSync,
} from 'node:zlib';
import { expect, test } from 'vitest';
import { CaptureReader } from '../captures/capture-reader.ts';
import { pathsIn, wirePaths } from '../captures/capture-folder.ts';
import { importCapture } from '../imports/import-capture.ts';
import { chunked } from '../testing/servers.ts';
import { COMPLETED, CREATED, frame, storeOn } from '../testing/stores.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { RawClient } from './testing/raw-client.ts';
import { rawUpstream } from './testing/raw-upstream.ts';
import { type Kept, startedProxy } from './testing/started-proxy.ts';

const DELTA = frame('response.output_text.delta', { delta: 'é'.repeat(50), output_index: 0 });
const EVENTS = [CREATED, DELTA, COMPLETED];
const STREAM = EVENTS.join('');

/** An answer of those parts, each of which leaves when the client has heard the one before. */
async function passed(encoding: string, parts: Buffer[], { isCut = false, body = '' } = {}) {
  const upstream = await rawUpstream(async ({ socket }) => {
    socket.write(
      `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: ${encoding}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    let sent = 0;
    for (const part of parts) {
      socket.write(chunked(part));
      sent += chunked(part).length;
      await client.hears(() => client.received.length - headLength(client) >= sent);
    }
    socket.end(isCut ? '' : '0\r\n\r\n');
  });
  const started = await startedProxy(upstream);
  const client = new RawClient(started.url);
  client.say(
    [
      'POST /v1/responses HTTP/1.1',
      'Accept-Encoding: gzip',
      `Content-Length: ${body.length}`,
      'X-Secret: sk-very-secret-1234',
    ],
    body,
  );
  await (isCut ? client.over() : client.hears('\r\n0\r\n\r\n'));
  return { ...started, client, kept: await started.capture() };
}

function headLength(client: RawClient): number {
  const end = client.received.indexOf('\r\n\r\n');
  return end < 0 ? Infinity : end + 4;
}

/** gzip, flushed after each event, as servers do it that stream. */
async function flushedGzip(events: readonly string[]): Promise<Buffer[]> {
  const gzip = createGzip();
  const parts: Buffer[] = [];
  const taken = () => {
    const read = gzip.read() as Buffer | null;
    if (read) parts.push(read);
  };
  for (const event of events) {
    gzip.write(event);
    await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, resolve));
    taken();
  }
  const ended = new Promise((resolve) => gzip.once('end', resolve));
  gzip.on('readable', taken);
  gzip.end();
  await ended;
  return parts;
}

async function onWire({ folder }: Kept): Promise<string[]> {
  const reader = new CaptureReader(wirePaths(pathsIn(folder)), { timed: true });
  const { pieces } = await reader.read(1e9, true);
  await reader.close();
  return pieces.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
}

test('a compressed stream passes as it is, and is kept decoded and as it came', async () => {
  const parts = await flushedGzip(EVENTS);
  const { client, kept, store } = await passed('gzip', parts);
  const through = client.received.subarray(headLength(client));
  expect(through).toEqual(Buffer.concat([...parts.map(chunked), Buffer.from('0\r\n\r\n')]));
  expect(client.text).toContain('Content-Encoding: gzip');
  expect(kept.body.toString()).toBe(STREAM);
  expect(await onWire(kept)).toEqual(parts.map((part) => part.toString('hex')));
  const times = (name: string) =>
    readFileSync(join(kept.folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [number, number]);
  expect(times('chunks.jsonl').map(([, size]) => size)).toEqual(
    EVENTS.map((one) => Buffer.byteLength(one)),
  );
  // Each has the time at which the bytes came that gave it.
  expect(times('chunks.jsonl').map(([us]) => us)).toEqual(
    times('wire.jsonl')
      .slice(0, 3)
      .map(([us]) => us),
  );
  expect(store.summary(kept.meta.id)).toMatchObject({ status: 'completed', events: 3 });
});

test.each([
  ['br', brotliCompressSync(STREAM)],
  ['deflate', deflateSync(STREAM)],
  ['deflate', deflateRawSync(STREAM)],
  ['X-GZIP', gzipSync(STREAM)],
  ['gzip, br', brotliCompressSync(gzipSync(STREAM))],
])('%s is decoded', async (encoding, bytes) => {
  const { kept } = await passed(encoding, [bytes.subarray(0, 7), bytes.subarray(7)]);
  expect(kept.body.toString()).toBe(STREAM);
  expect(kept.meta.end).toMatchObject({ kind: 'closed', message: 'The server ended the stream.' });
});

test.each(['compress', 'gzip, aws-chunked'])('%s is kept as it came', async (encoding) => {
  const { kept } = await passed(encoding, [Buffer.from('whatever')]);
  expect(kept.body.toString()).toBe('whatever');
  expect(kept.meta.end!.message).toContain(`encoded as ${encoding}, which can't be undone`);
  expect(existsSync(join(kept.folder, 'wire'))).toBe(false);
});

test('damaged data is kept as far as it goes, with the place where it breaks', async () => {
  const [first, second] = await flushedGzip(EVENTS);
  const damaged = Buffer.concat([Buffer.from([0x07]), Buffer.alloc(20, 0xff)]);
  const { client, kept } = await passed('gzip', [first!, second!, damaged]);
  expect(client.received.includes(damaged)).toBe(true);
  expect(kept.body.toString()).toBe(CREATED + DELTA);
  const decoded = Buffer.byteLength(CREATED + DELTA);
  expect(kept.meta.end!.message).toMatch(
    new RegExp(
      `compressed \\(gzip\\), and the data breaks: .*, after ${decoded} bytes of the content and ${first!.length + second!.length} bytes of the wire`,
    ),
  );
  expect(await onWire(kept)).toHaveLength(3);
});

test.each([
  ['gzip', Buffer.concat([gzipSync('data: one\n\n'), Buffer.from('JUNK')]), 'data: one\n\n'],
  [
    'gzip',
    Buffer.concat([gzipSync('data: one\n\n').subarray(0, -8), Buffer.alloc(8)]),
    'data: one\n\n',
  ],
  [
    'deflate',
    Buffer.concat([deflateSync('data: one\n\n').subarray(0, -4), Buffer.alloc(4)]),
    'data: one\n\n',
  ],
  ['gzip', Buffer.from('hello'), ''],
])(
  '%s that breaks in its only write is kept as far as it is sound',
  async (encoding, bytes, text) => {
    const { kept } = await passed(encoding, [bytes]);
    expect(kept.body.toString()).toBe(text);
    expect(kept.meta.end!.message).toMatch(
      new RegExp(`the data breaks: .*, after ${text.length} bytes of the content`),
    );
    expect(kept.meta.end!.message).not.toContain('without sending a byte');
    expect(await onWire(kept)).toEqual([bytes.toString('hex')]);
  },
);

test('data that ends too early, in a body that does not, is told of', async () => {
  const [first] = await flushedGzip(EVENTS);
  const { kept } = await passed('gzip', [first!]);
  expect(kept.body.toString()).toBe(CREATED);
  expect(kept.meta.end!.message).toContain('the data breaks: unexpected end of file');
});

test('a cut compressed stream is kept as far as it came', async () => {
  const [first] = await flushedGzip(EVENTS);
  const { kept } = await passed('gzip', [first!], { isCut: true });
  expect(kept.body.toString()).toBe(CREATED);
  expect(kept.meta.end).toMatchObject({ kind: 'disconnected', by: 'server' });
  expect(kept.meta.end!.message).not.toContain('breaks');
});

test('a secret that is quoted in compressed bytes is kept in no form', async () => {
  const quoting = `data: {"key":"sk-very-secret-1234"}\n\n`;
  const { client, kept } = await passed('gzip', [gzipSync(quoting)]);
  expect(client.received.includes(gzipSync(quoting))).toBe(true);
  expect(kept.body.toString()).toBe(`data: {"key":"${'*'.repeat(19)}"}\n\n`);
  expect(existsSync(join(kept.folder, 'wire'))).toBe(false);
  expect(existsSync(join(kept.folder, 'wire.jsonl'))).toBe(false);
  expect(kept.meta.end!.message).toContain('quoted a secret');
});

test('what came on the wire is imported with its capture', async () => {
  const { kept } = await passed('gzip', await flushedGzip(EVENTS));
  const { store } = storeOn(temporaryFolder());
  const { id } = await importCapture(store, kept.folder);
  const copy = { ...kept, folder: store.paths(id).folder };
  expect(await onWire(copy)).toEqual(await onWire(kept));
});
