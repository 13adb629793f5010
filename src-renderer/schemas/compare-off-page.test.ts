import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CompareOffPage } from './compare-off-page.ts';
import type { CompareRequest } from './compare-worker.ts';
import { type Differences, differencesOf } from './differences.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A worker that answers when it is told to. */
class HeldWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  asked: CompareRequest[] = [];
  isEnded = false;
  postMessage(request: CompareRequest) {
    this.asked.push(request);
  }
  answer() {
    const { number, before, after } = this.asked.shift()!;
    this.onmessage?.({ data: { number, found: differencesOf(before, after) } });
  }
  terminate() {
    this.isEnded = true;
  }
}

function comparing() {
  const workers: HeldWorker[] = [];
  const offPage = new CompareOffPage(() => {
    workers.push(new HeldWorker());
    return workers.at(-1) as unknown as Worker;
  });
  const outcomeOf = (promise: Promise<Differences>) =>
    promise.then(
      ({ changes }) => changes?.length,
      (error: Error) => error.message,
    );
  return { workers, offPage, ask: () => outcomeOf(offPage.compare('{}', '{"type":"null"}')) };
}

test('a comparison that takes too long is ended, and the next one has a worker of its own', async () => {
  const { workers, ask } = comparing();
  const slow = ask();
  await vi.advanceTimersByTimeAsync(9_999);
  expect(workers[0]!.isEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await slow).toBe('Comparing was ended after 10 seconds.');
  expect(workers[0]!.isEnded).toBe(true);
  const next = ask();
  workers[1]!.answer();
  expect(await next).toBe(1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(workers[1]!.isEnded).toBe(false);
});

test('a worker that fails says so to all that wait', async () => {
  const { workers, ask } = comparing();
  const both = [ask(), ask()];
  workers[0]!.onerror!({ message: 'out of memory' });
  expect(await Promise.all(both)).toEqual(Array(2).fill('Comparing failed: out of memory.'));
});
