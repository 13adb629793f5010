import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CaptureMeta } from '../../src-core/capture.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import type { CaptureBatch } from '../../src-ipc/contract.ts';
import { CaptureView } from './capture-view.svelte.ts';
import { EventSearch } from './event-search.svelte.ts';
import { SearchTurns } from './search-turns.ts';
import { Session } from './session.svelte.ts';

let now = 0;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('performance', { now: () => now });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const capture = (count: number) => ({ count, ended: true, index: { count } });
/** A test of which each answer takes so many milliseconds. */
const taking = (ms: number) => () => {
  now += ms;
  return true;
};
function searches(turns: SearchTurns, count: number, events: number, ms: number) {
  const made = Array.from({ length: count }, () => new EventSearch(capture(events), turns));
  for (const one of made) one.start(taking(ms));
  return made;
}
/** How long one task takes. */
function turn(): number {
  const before = now;
  vi.advanceTimersToNextTimer();
  return now - before;
}

test('however many searches there are, a task takes no longer than for one', () => {
  const before = now;
  const all = searches(new SearchTurns(), 500, 64, 0.25);
  // 48 answers of 0.25 ms: the time is looked at after every 16th.
  expect(now - before).toBeLessThanOrEqual(12);
  let longest = 0;
  while (vi.getTimerCount() > 0) longest = Math.max(longest, turn());
  expect(longest).toBeLessThanOrEqual(12);
  expect(all.every(({ isComplete, count }) => isComplete && count === 64)).toBe(true);
});

test('short searches use up the time of a task together', () => {
  const before = now;
  const all = searches(new SearchTurns(), 10, 16, 0.25);
  // Each takes 4 ms.
  expect([now - before, all.filter(({ isComplete }) => isComplete).length]).toEqual([8, 2]);
  expect(turn()).toBe(8);
  vi.runAllTimers();
  expect(all.every(({ isComplete }) => isComplete)).toBe(true);
});

test('those that wait get equal shares, in turn', () => {
  const all = searches(new SearchTurns(), 4, 10_000, 0.0625);
  for (let turns = 0; turns < 20; turns++) turn();
  const [least, most] = [Math.min, Math.max].map((of) => of(...all.map((one) => one.count)));
  // The first has what was asked at once, before the others were there.
  expect(most! - least!).toBeLessThanOrEqual(8 / 0.0625 + 16);
  expect(least).toBeGreaterThan(500);
});

test('what the person looks at goes first, and keeps nobody waiting for ever', () => {
  const turns = new SearchTurns();
  const others = searches(turns, 20, 1000, 1);
  const filter = new EventSearch(capture(160), turns, true);
  filter.start(taking(1));
  expect(filter.count).toBe(0);
  turn();
  expect(filter.count).toBe(16);
  for (let more = 1; more < 10; more++) turn();
  expect(filter.isComplete).toBe(true);
  expect(others.reduce((sum, { count }) => sum + count, 0)).toBe(16 + 10 * 16);
});

test('a search that stopped gets no turn, and none gets one after the end', () => {
  const turns = new SearchTurns();
  const [one, other] = searches(turns, 2, 1000, 1);
  one!.stop();
  vi.advanceTimersToNextTimer();
  expect([one!.count, other!.count]).toEqual([16, 16]);
  turns.stop();
  expect(vi.getTimerCount()).toBe(0);
  one!.start(taking(1));
  expect([one!.count, vi.getTimerCount()]).toEqual([0, 0]);
});

test('a capture that was closed is searched no further', () => {
  const indexer = new Indexer();
  const bytes = new TextEncoder().encode('data: {"type":"a"}\n\n'.repeat(1000));
  indexer.push(bytes, 0);
  indexer.end();
  const meta = { timed: true, end: null, bookmarks: [] } as unknown as CaptureMeta;
  const view = new CaptureView('one', 1, meta, 'completed');
  const batch = { bytes, index: indexer.takeBatch(), last: true, meta: null };
  view.append([batch as unknown as CaptureBatch]);
  const asked = vi.spyOn(view, 'dataText').mockImplementation(() => {
    now += 1;
    return 'nothing';
  });
  const owner = {
    breakpoints: { all: [] },
    watches: { all: [] },
    silencing: { of: () => ({ here: new Set(), everywhere: new Set() }) },
  } as unknown as ConstructorParameters<typeof Session>[2];
  const session = new Session(view, '1', owner, false);
  session.filter.query = 'word';
  vi.advanceTimersToNextTimer();
  expect(asked).toHaveBeenCalledTimes(32);
  session.close();
  expect(vi.getTimerCount()).toBe(0);
  session.filter.extend();
  session.filter.query = 'other';
  vi.runAllTimers();
  expect(asked).toHaveBeenCalledTimes(32);
});
