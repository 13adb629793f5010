import { createGunzip } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { DialectId } from '../../src-core/dialects/dialect.ts';
import type { Fault, FaultList } from '../../src-core/faults/fault-list.ts';
import type { Reply } from '../../src-core/replay/reply.ts';
import { chunksIn, rawExchange, requestText } from '../testing/raw-client.ts';
import { gzipped } from './gzipped.ts';
import { ServedFaults } from './served-faults.ts';
import { serveRecordings } from './serve-recordings.ts';

const BODY = Buffer.from('data: one\n\ndata: two\n\ndata: thrée\n\n');
const list = (...faults: Fault[]): FaultList => ({ version: 1, name: 'test', seed: 1, faults });

async function serving(faults: FaultList, more: { dialect?: DialectId } = {}) {
  const server = serveRecordings([{ name: 'three', body: BODY, ...more }], {
    pace: { kind: 'instant' },
    matching: {
      method: false,
      path: false,
      model: false,
      body: 'any',
      fields: [],
      choice: 'first',
    },
    faults,
  });
  await server.start();
  onTestFinished(() => server.stop());
  const port = Number(new URL(server.state.url!).port);
  const ask = () => rawExchange(port, requestText(port, '/v1/any', {}));
  return { server, ask };
}

const replyOf = (gzip: Reply['gzip'], ending: Reply['ending'] = 'end'): Reply => ({
  ...{ status: 200, statusText: 'OK', headers: [], headAtUs: 0, ending },
  portions: [BODY.subarray(0, 11), BODY.subarray(11)].map((bytes, at) => ({ bytes, atUs: at * 9 })),
  ...(gzip && { gzip }),
});

/** What a client that takes it piece by piece has decoded after each. */
async function decodedBy(pieces: readonly Uint8Array[]): Promise<string[]> {
  const coder = createGunzip();
  let text = '';
  coder.on('data', (bytes: Buffer) => (text += bytes.toString()));
  const after: string[] = [];
  for (const piece of pieces) {
    await new Promise<void>((resolve) => coder.write(piece, () => resolve()));
    after.push(text);
  }
  coder.destroy();
  return after;
}

test('a compressed body gives its events one by one, or all at the end', async () => {
  const each = await gzipped(replyOf('each write'));
  expect(each.portions.map(({ atUs }) => atUs)).toEqual([0, 9, 9]);
  expect(each.gzip).toBeUndefined();
  const bytes = each.portions.map((portion) => portion.bytes);
  expect(await decodedBy(bytes)).toEqual(['data: one\n\n', String(BODY), String(BODY)]);
  const end = await gzipped(replyOf('end'));
  expect(end.portions).toHaveLength(1);
  expect(await decodedBy(end.portions.map((portion) => portion.bytes))).toEqual([String(BODY)]);
  // A cut stream has no end of its own either.
  const cut = await gzipped(replyOf('each write', 'fin'));
  expect(cut.portions).toHaveLength(2);
  expect(await decodedBy(cut.portions.map((portion) => portion.bytes))).toHaveLength(2);
});

test('a server breaks what it serves, request by request, and says so', async () => {
  const { ask, server } = await serving(
    list(
      { kind: 'status', status: 429, retryAfter: 1, onRequests: '1..2' },
      { kind: 'drop', at: 1, onRequests: 3 },
      { kind: 'cut-event', at: 9, onRequests: 3 },
      { kind: 'cut-byte', byte: 5, ending: 'rst', onRequests: 4 },
    ),
  );
  for (const _ of [1, 2]) {
    const { statusLine, headers, rest } = await ask();
    expect(statusLine).toBe('HTTP/1.1 429 Too Many Requests');
    expect(headers).toContainEqual(['retry-after', '1']);
    expect(String(Buffer.concat(chunksIn(rest).chunks))).toContain('"rate_limit_exceeded"');
  }
  const third = chunksIn((await ask()).rest);
  expect(String(Buffer.concat(third.chunks))).toBe('data: one\n\ndata: thrée\n\n');
  const fourth = await ask();
  // Whether a client is told of the reset depends on what it had read by then.
  expect(['fin', 'ECONNRESET']).toContain(fourth.ended);
  expect(chunksIn(fourth.rest).whole).toBe(false);
  expect(server.state.log[3]!.note).toContain('cut after 5 of 36 bytes, and reset the connection');
  const fifth = chunksIn((await ask()).rest);
  expect(Buffer.concat(fifth.chunks)).toEqual(BODY);
  expect(server.state.log.map(({ status }) => status)).toEqual([429, 429, 200, 200, 200]);
  expect(server.state.log[2]!.note).toContain('dropped event 1');
  expect(server.state.log[2]!.note).toContain('no cut-event: there is no event 9');
  expect(server.state.log[4]!.note).not.toContain('drop');
});

test('what a person reads it as decides the form of an error, as in the preview', async () => {
  const { ask } = await serving(list({ kind: 'status', status: 529 }), { dialect: 'messages' });
  const [body] = chunksIn((await ask()).rest).chunks;
  // Nothing in the events says it.
  expect(JSON.parse(String(body))).toMatchObject({
    type: 'error',
    error: { type: 'overloaded_error' },
  });
});

test('faults are applied to a body that is not too large, and it is said where it is', async () => {
  const sized = (bytes: number): Reply => ({
    ...replyOf(undefined),
    portions: [{ bytes: new Uint8Array(bytes), atUs: 0 }],
  });
  const most = 64 * 1024 * 1024;
  const close = list({ kind: 'close', ending: 'fin' });
  const served = new ServedFaults();
  expect((await served.apply(sized(most), close)).outcomes).toHaveLength(1);
  await expect(served.apply(sized(most + 1), close)).rejects.toThrow(
    'faults are applied to up to 64 MiB',
  );
  // What is switched off, or no list, has no limit.
  const off = list({ kind: 'close', ending: 'fin', off: true });
  for (const none of [null, off])
    expect((await served.apply(sized(most + 1), none)).reply.ending).toBe('end');
});
