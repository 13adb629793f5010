import { appendFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CaptureBatch } from '../../src-ipc/contract.ts';
import { FEED_LIMITS } from '../../src-ipc/contract.ts';
import { aRequest, COMPLETED, CREATED, frame, storeOn, toolsOf } from '../testing/stores.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { Feed, type FeedLimits } from './feed.ts';
import { importPath } from '../imports/import-path.ts';
import type { CaptureStore } from './store.ts';

const CLOSED = { kind: 'closed', atUs: 900, code: null, message: 'Done.' } as const;

/** A page that keeps the batches, and acknowledges them at once unless told not to. */
class Page {
  readonly batches: CaptureBatch[] = [];
  readonly notices: string[] = [];
  readonly feed: Feed;
  acknowledges = true;
  #waiting: { done: (batches: CaptureBatch[]) => boolean; resolve: () => void }[] = [];

  constructor(store: CaptureStore, id: string, limits: Partial<FeedLimits> = {}) {
    const source = { paths: store.paths(id), meta: store.meta(id), recording: store.recording(id) };
    const listener = {
      batch: (batch: CaptureBatch) => this.#receive(batch),
      notice: (message: string) => this.notices.push(message),
    };
    this.feed = new Feed(7, source, listener, { ...FEED_LIMITS, ...limits });
    onTestFinished(() => this.feed.close());
    void this.feed.start();
  }

  get body(): string {
    return Buffer.concat(this.batches.map((batch) => batch.bytes)).toString('utf8');
  }
  get events(): number {
    return this.batches.reduce((sum, batch) => sum + batch.index.count, 0);
  }
  get last(): CaptureBatch | undefined {
    return this.batches[this.batches.length - 1];
  }

  until(done: (batches: CaptureBatch[]) => boolean): Promise<void> {
    if (done(this.batches)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ done, resolve }));
  }
  untilLast(): Promise<void> {
    return this.until((batches) => batches[batches.length - 1]?.last === true);
  }

  #receive(batch: CaptureBatch): void {
    this.batches.push(structuredClone(batch));
    if (this.acknowledges) this.feed.acknowledge(batch.number);
    for (const { done, resolve } of this.#waiting) if (done(this.batches)) resolve();
  }
}

function deltas(count: number): string {
  let text = '';
  for (let index = 0; index < count; index++) {
    text += frame('response.output_text.delta', {
      output_index: 0,
      content_index: 0,
      delta: `d${index}`,
    });
  }
  return text;
}

test('an ended capture arrives whole, with its metadata first and its end last', async () => {
  const { store } = storeOn(temporaryFolder());
  const recording = store.record(aRequest);
  recording.append(Buffer.from(CREATED), 100);
  recording.append(Buffer.from(COMPLETED), 250);
  recording.finish(CLOSED);

  const page = new Page(store, recording.id);
  await page.untilLast();
  expect(page.body).toBe(CREATED + COMPLETED);
  expect(page.batches.map((batch) => batch.number)).toEqual([0, 1]);
  expect(page.batches[0]!.meta?.id).toBe(recording.id);
  expect([...page.batches[0]!.index.columns.timeUs]).toEqual([100, 250]);
  expect(page.last).toMatchObject({ subscription: 7, last: true, meta: { end: CLOSED } });
});

test('batches are bounded, and a chunk that spans several stays one', async () => {
  const { store } = storeOn(temporaryFolder());
  const recording = store.record(aRequest);
  const text = CREATED + deltas(200);
  recording.append(Buffer.from(text), 100);
  recording.append(Buffer.from(COMPLETED), 250);
  recording.finish(CLOSED);

  const page = new Page(store, recording.id, { maxBatchBytes: 1000 });
  await page.untilLast();
  expect(page.body).toBe(text + COMPLETED);
  for (const batch of page.batches) {
    expect(batch.bytes.byteLength).toBeLessThanOrEqual(1000);
    // What crosses to the page is the whole buffer behind an array.
    expect(batch.bytes.buffer.byteLength).toBe(batch.bytes.byteLength);
  }
  let next = 0;
  for (const batch of page.batches) {
    expect(batch.firstByte).toBe(next);
    next += batch.bytes.byteLength;
  }
  const chunks = page.batches.flatMap((batch) => [...batch.index.columns.chunk]);
  expect(new Set(chunks)).toEqual(new Set([0, 1]));
  expect(page.events).toBe(202);
});

test('at most so many batches are under way; nothing is read meanwhile', async () => {
  const folder = temporaryFolder();
  const { store } = storeOn(folder);
  writeFileSync(`${folder}/big.sse`, deltas(400));
  const { captures } = await importPath(toolsOf(store), `${folder}/big.sse`);
  const { id } = captures[0]!;
  const page = new Page(store, id, { maxBatchBytes: 1000, maxInFlight: 3 });
  page.acknowledges = false;
  await page.until((batches) => batches.length === 3);
  // Everything that could run has its turns; the feed must not use them.
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(page.batches).toHaveLength(3);
  page.feed.acknowledge(99);
  page.feed.acknowledge(Number.NaN);
  page.feed.acknowledge(1);
  await page.until((batches) => batches.length === 5);
  page.acknowledges = true;
  page.feed.acknowledge(4);
  await page.untilLast();
  expect(page.events).toBe(400);
});

test('a live capture goes on from what is there to what comes, metadata included', async () => {
  const { store } = storeOn(temporaryFolder());
  const recording = store.record(aRequest);
  recording.append(Buffer.from(CREATED), 100);
  const page = new Page(store, recording.id);
  await page.until(() => page.events === 1);

  recording.describe({
    response: { status: 200, statusText: 'OK', httpVersion: '1.1', headers: [['X-Id', '1']] },
  });
  await page.until((batches) => batches.some((batch) => batch.meta?.response?.status === 200));
  recording.append(Buffer.from(deltas(3)), 200);
  await page.until(() => page.events === 4);
  expect(page.batches.some((batch) => batch.last)).toBe(false);
  recording.append(Buffer.from('data: unfin'), 300);
  recording.finish({ ...CLOSED, kind: 'disconnected' });
  await page.untilLast();
  expect(page.body).toBe(`${CREATED}${deltas(3)}data: unfin`);
  expect(page.last?.meta?.end?.kind).toBe('disconnected');
  expect(page.last?.index.problems.map((problem) => problem.rule)).toContain('W7');
});

test('a page that reloads in the middle of a live capture misses nothing', async () => {
  const { store } = storeOn(temporaryFolder());
  const recording = store.record(aRequest);
  recording.append(Buffer.from(CREATED + deltas(5)), 100);
  const before = new Page(store, recording.id);
  await before.until(() => before.events === 6);
  await before.feed.close();
  recording.append(Buffer.from(deltas(5)), 200);

  const after = new Page(store, recording.id);
  await after.until(() => after.events === 11);
  recording.append(Buffer.from(COMPLETED), 300);
  recording.finish(CLOSED);
  await after.untilLast();
  expect(after.body).toBe(CREATED + deltas(5) + deltas(5) + COMPLETED);
  expect(before.events).toBe(6);
});

test('many small chunks of one moment become few batches', async () => {
  const { store } = storeOn(temporaryFolder());
  const recording = store.record(aRequest);
  const page = new Page(store, recording.id);
  await page.until((batches) => batches.length === 1);
  for (let index = 0; index < 500; index++) {
    recording.append(Buffer.from(deltas(1)), 1000 + index);
  }
  recording.finish(CLOSED);
  await page.untilLast();
  expect(page.events).toBe(500);
  expect(page.batches.length).toBeLessThan(10);
});

test('a capture without times gets a rhythm, the same at each opening', async () => {
  const folder = temporaryFolder();
  const { store } = storeOn(folder);
  writeFileSync(`${folder}/a.sse`, CREATED + deltas(20));
  const { captures } = await importPath(toolsOf(store), `${folder}/a.sse`);
  const { id } = captures[0]!;
  const times = async (maxBatchBytes: number) => {
    const page = new Page(store, id, { maxBatchBytes });
    await page.untilLast();
    return page.batches.flatMap((batch) => [...batch.index.columns.timeUs]);
  };
  const whole = await times(1 << 20);
  expect(whole[20]).toBeGreaterThan(whole[1]!);
  expect(await times(100)).toEqual(whole);
});

test('what lies beyond the limit is not shown, and the end says so', async () => {
  const { store } = storeOn(temporaryFolder());
  const recording = store.record(aRequest);
  recording.append(Buffer.from(deltas(10)), 100);
  const limits = { maxCaptureBytes: 300, maxBatchBytes: 200 };
  const live = new Page(store, recording.id, limits);
  await live.until(() => live.body.length === 300);
  recording.append(Buffer.from(deltas(1)), 200);
  await vi.waitUntil(() => live.notices.length > 0);
  recording.append(Buffer.from(deltas(1)), 300);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  // The request goes on, and the page has to know: it offers Stop.
  expect(live.last).toMatchObject({ last: false });
  expect(live.notices).toEqual([
    'A request goes on, but only its first 300 bytes are shown; the rest is kept on disk.',
  ]);
  recording.describe({
    response: { status: 200, statusText: 'OK', httpVersion: '1.1', headers: [['X-Id', '1']] },
  });
  await live.until((batches) => batches.some((batch) => batch.meta?.response?.status === 200));

  recording.finish(CLOSED);
  await live.untilLast();
  expect(live.body).toHaveLength(300);
  expect(live.last?.meta?.end).toMatchObject({
    kind: 'closed',
    code: 'too-large',
    message: 'Only the first 300 bytes are shown; the rest is kept on disk. Done.',
  });
  const ended = new Page(store, recording.id, limits);
  await ended.untilLast();
  expect(ended.last?.meta?.end).toMatchObject({
    kind: 'closed',
    message: 'Only the first 300 bytes are shown; the rest is kept on disk. Done.',
  });

  const exact = new Page(store, recording.id, {
    maxCaptureBytes: deltas(10).length + 2 * deltas(1).length,
  });
  await exact.untilLast();
  expect(exact.last?.meta?.end).toEqual(CLOSED);
});

test('a crashed recording is read to its last byte', async () => {
  const folder = temporaryFolder();
  const { store } = storeOn(folder);
  const recording = store.record(aRequest);
  recording.append(Buffer.from(CREATED), 100);
  appendFileSync(store.paths(recording.id).body, 'data: torn');
  const page = new Page(storeOn(folder).store, recording.id);
  await page.untilLast();
  expect(page.body).toBe(`${CREATED}data: torn`);
  expect(page.last?.meta?.end?.code).toBe('recording-interrupted');
  recording.finish(CLOSED);
});

test('closing stops a feed that waits', async () => {
  const { store } = storeOn(temporaryFolder());
  const recording = store.record(aRequest);
  const page = new Page(store, recording.id);
  await page.until((batches) => batches.length === 1);
  await page.feed.close();
  recording.append(Buffer.from(CREATED), 100);
  recording.finish(CLOSED);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(page.batches).toHaveLength(1);
});
