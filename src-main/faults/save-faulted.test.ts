import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Fault } from '../../src-core/faults/fault-list.ts';
import { AS_RECORDED } from '../../src-core/replay/pace.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { CaptureStore, newMeta } from '../captures/store.ts';
import { saveFaulted } from './save-faulted.ts';

const BODY = Buffer.from('data: a\n\ndata: b\n\ndata: c\n\n');
const RESPONSE = {
  ...{ status: 200, statusText: 'OK', httpVersion: '1.1' },
  headers: [['content-type', 'text/event-stream']] as [string, string][],
};

/** A capture of three events in two chunks, and what becomes of it with faults. */
async function saved(...faults: Fault[]) {
  const store = new CaptureStore(temporaryFolder(), {
    changed: () => undefined,
    notice: () => undefined,
  });
  store.start();
  const origin = { kind: 'request', endpoint: 'somewhere' } as const;
  const meta = { ...newMeta('original', { name: 'abc', origin, timed: true }), response: RESPONSE };
  const recorded = {
    ...{ request: null, response: RESPONSE, timing: null, end: null, wire: null, body: BODY },
    chunks: [
      { timeUs: 1000, size: 18 },
      { timeUs: 9000, size: 9 },
    ],
  };
  const list = { version: 1 as const, name: 'Two things', seed: 1, faults };
  const id = await saveFaulted(store, meta, recorded, {
    ...{ faults: list, request: 1 },
    pace: AS_RECORDED,
  });
  const { body, chunks } = store.paths(id);
  return {
    meta: store.meta(id),
    summary: store.list().find((one) => one.id === id),
    body: readFileSync(body, 'utf8'),
    chunks: readFileSync(chunks, 'utf8'),
  };
}

test('what a client would get becomes a capture of its own', async () => {
  const { meta, body, summary } = await saved({ kind: 'drop', at: 0 });
  expect(body).toBe('data: b\n\ndata: c\n\n');
  expect(meta).toMatchObject({
    name: 'abc (faults: dropped event 0)',
    origin: { kind: 'request', endpoint: 'somewhere' },
    timed: true,
    end: { kind: 'closed', by: 'server' },
    response: { status: 200 },
  });
  expect(summary).toMatchObject({ events: 2, bytes: 18 });
});

test('it ends as it would, and says by its list what was done', async () => {
  const cut = await saved(
    { kind: 'stall', at: 1, ms: 50 },
    { kind: 'cut-byte', byte: 20, ending: 'rst' },
  );
  expect(cut.meta).toMatchObject({
    name: 'abc (faults: Two things)',
    end: { kind: 'disconnected', code: 'ECONNRESET', by: 'server' },
  });
  expect(cut.body).toHaveLength(20);
  expect(cut.chunks.trim().split('\n')).toHaveLength(3);
  const refused = await saved({ kind: 'status', status: 503 });
  expect(refused.meta).toMatchObject({ response: { status: 503 }, end: { code: 'http-503' } });
  const silent = await saved({ kind: 'head', ms: 'forever' });
  expect(silent.meta).toMatchObject({ response: null, end: { kind: 'aborted', by: 'client' } });
  expect(silent.body).toBe('');
});
