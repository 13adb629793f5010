import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventSearch } from './event-search.svelte.ts';

/** As much of a capture as a search reads. */
class Events {
  count = $state(0);
  ended = $state(false);
  readonly index = { count: 0 };

  constructor(count: number) {
    this.grow(count);
  }
  grow(by: number): void {
    this.index.count += by;
    this.count = this.index.count;
  }
}

let now = 0;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('performance', { now: () => now });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const foundBy = (search: EventSearch) =>
  Array.from({ length: search.count }, (_, row) => search.at(row));
const isEven = (seq: number) => seq % 2 === 0;

test('finds events in order, and on as the capture grows', () => {
  const events = new Events(5);
  const search = new EventSearch(events);
  expect(search.isComplete).toBe(true);
  search.start(isEven);
  expect(foundBy(search)).toEqual([0, 2, 4]);
  expect([search.examined, search.isComplete]).toEqual([5, true]);
  events.grow(4);
  expect(search.isComplete).toBe(false);
  search.extend();
  expect(foundBy(search)).toEqual([0, 2, 4, 6, 8]);
  expect([-1, 0, 1, 7, 99].map((seq) => search.countUpTo(seq))).toEqual([0, 1, 1, 4, 5]);
  expect([-1, 0, 7, 8].map((seq) => search.next(seq))).toEqual([0, 2, 8, null]);
  expect([0, 1, 8, 99].map((seq) => search.previous(seq))).toEqual([null, 0, 6, 8]);
  search.stop();
  events.grow(1);
  search.extend();
  expect([search.count, search.isComplete]).toEqual([5, true]);
});

test('a range is searched and nothing else', () => {
  const asked: number[] = [];
  const search = new EventSearch(new Events(100));
  search.start((seq) => asked.push(seq) > 0, 10, 13);
  expect(foundBy(search)).toEqual([10, 11, 12, 13]);
  expect(asked).toEqual([10, 11, 12, 13]);
  expect(search.isComplete).toBe(true);
});

test('long searches leave the page its time, and another one takes over', () => {
  const asked = new Set<number>();
  const search = new EventSearch(new Events(1000));
  const slow = (seq: number) => {
    now += 1;
    if (asked.has(seq)) throw new Error(`asked twice about ${seq}`);
    asked.add(seq);
    return true;
  };
  search.start(slow);
  // The time is looked at after every 16th event.
  expect([search.count, search.isComplete]).toEqual([16, false]);
  vi.advanceTimersToNextTimer();
  expect(search.count).toBe(32);
  // A growing capture does not make it hurry.
  search.extend();
  expect(search.count).toBe(32);
  vi.runAllTimers();
  expect([search.count, search.isComplete]).toEqual([1000, true]);
  asked.clear();
  search.start(slow);
  search.start((seq) => seq === 999);
  // The first one has used up the time of this task.
  expect(foundBy(search)).toEqual([]);
  vi.runAllTimers();
  expect(foundBy(search)).toEqual([999]);
  expect(asked.size).toBe(16);
});

test('what can not be decided yet waits, until it can or the stream ends', () => {
  const events = new Events(10);
  let undecided = 0;
  const search = new EventSearch(events);
  search.start(Object.assign(isEven, { undecidedFrom: () => undecided }));
  expect([search.examined, search.isComplete]).toEqual([0, false]);
  undecided = 7;
  search.extend();
  expect([search.examined, search.count]).toEqual([7, 4]);
  events.ended = true;
  search.extend();
  expect([search.examined, search.isComplete]).toEqual([10, true]);
});

test('an effect that extends a search runs when the capture grows or ends', () => {
  const events = new Events(2);
  const search = new EventSearch(events);
  search.start(Object.assign(isEven, { undecidedFrom: () => 3 }));
  const end = $effect.root(() => {
    $effect(() => {
      if (events.count >= 0) search.extend();
    });
  });
  events.grow(4);
  flushSync();
  expect(search.examined).toBe(3);
  events.ended = true;
  flushSync();
  expect(search.examined).toBe(6);
  end();
});
