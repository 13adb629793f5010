import { expect, test, vi } from 'vitest';
import type { CaptureBatch } from '../../src-ipc/contract.ts';
import { aRequest, COMPLETED, CREATED, storeOn } from '../testing/stores.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { PageFeeds } from './page-feeds.ts';

const CLOSED = { kind: 'closed', atUs: 900, code: null, message: 'Done.' } as const;

test('a feed that has told its end is let go, one that follows a recording is not', async () => {
  const { store } = storeOn(temporaryFolder());
  const batches: CaptureBatch[] = [];
  const feeds = new PageFeeds(store, {
    batch: (batch) => batches.push(batch),
    notice: expect.fail,
  });
  const ended = store.record(aRequest);
  ended.append(Buffer.from(CREATED + COMPLETED), 100);
  ended.finish(CLOSED);
  const live = store.record(aRequest);

  feeds.open(live.id);
  for (let opening = 1; opening <= 3; opening++) {
    const { subscription } = feeds.open(ended.id);
    await vi.waitUntil(() => batches.some((one) => one.subscription === subscription && one.last));
    await vi.waitUntil(() => feeds.running === 1);
    feeds.acknowledge(subscription, 1);
    await feeds.close(subscription);
  }
  live.finish(CLOSED);
  await vi.waitUntil(() => feeds.running === 0);
});

test('a feed that is closed before its first turn sends nothing', async () => {
  const { store } = storeOn(temporaryFolder());
  const send = vi.fn();
  const feeds = new PageFeeds(store, { batch: send, notice: send });
  const recording = store.record(aRequest);
  feeds.open(recording.id);
  await feeds.closeCapture(recording.id);
  recording.finish(CLOSED);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(send).not.toHaveBeenCalled();
});
