import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { LaneDocuments } from '../../src-core/growing/lane-documents.ts';
import type { Bookmark } from '../../src-core/capture.ts';
import type { Breakpoint } from '../../src-ipc/contract.ts';
import type { BreakpointList } from './breakpoint-list.svelte.ts';
import { Breakpoints } from './breakpoints.svelte.ts';
import type { CaptureView } from './capture-view.svelte.ts';

/** As much of a capture as breakpoints read; its events are deltas of one text. */
class Stream {
  count = $state(0);
  ended = $state(false);
  bookmarks = $state.raw<Bookmark[]>([]);
  readonly late = $state<number[]>([]);
  readonly problems = ((late: number[]) => ({
    get lateCount() {
      return late.length;
    },
    lateFrom: (from: number) => late.slice(from),
  }))(this.late);
  readonly index = new EventIndex();
  readonly documents = new LaneDocuments(this.index);
  readonly #indexer = new Indexer({});

  deltas(...deltas: string[]): void {
    for (const delta of deltas) {
      const event = {
        type: 'response.output_text.delta',
        output_index: 0,
        content_index: 0,
        delta,
      };
      this.#indexer.push(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`), 0);
    }
    this.index.append(this.#indexer.takeBatch());
    this.count = this.index.count;
  }
  dataText = () => '';
  problemsOf = (seq: number) => (this.late.includes(seq) ? [{ severity: 'error', rule: 'x' }] : []);
  judgedCount = $state(0);
  invalidEvents = $state.raw<ReadonlySet<number>>(new Set());
  isInvalidFrom = (seq: number) => this.invalidEvents.has(seq);
  hasBookmark = (seq: number) => this.bookmarks.some((one) => one.seq === seq);
}

class List {
  all = $state.raw<Breakpoint[]>([]);
  areActive = $state(true);
  readonly hits: string[] = [];
  set(...queries: (string | Partial<Breakpoint>)[]): void {
    this.all = queries.map((one, at) => ({
      id: `b${at}`,
      query: '',
      enabled: true,
      hits: 0,
      ...(typeof one === 'string' ? { query: one } : one),
    }));
  }
  countHits(ids: string[]): void {
    this.hits.push(...ids);
  }
}

let end = () => {};
// A clock that stands still: all searches are done at once.
beforeEach(() => void vi.stubGlobal('performance', { now: () => 0 }));
afterEach(() => {
  end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function debugged() {
  const stream = new Stream();
  const list = new List();
  let breakpoints!: Breakpoints;
  end = $effect.root(() => {
    breakpoints = new Breakpoints(
      stream as unknown as CaptureView,
      list as unknown as BreakpointList,
    );
    $effect(() => {
      void stream.count;
      breakpoints.update();
    });
  });
  flushSync();
  return { stream, list, breakpoints };
}

const queriesOf = (found: readonly Breakpoint[]) => found.map(({ query }) => query);

test('a breakpoint is searched as the stream grows', () => {
  const { stream, list, breakpoints } = debugged();
  expect([breakpoints.active, breakpoints.searchedUpTo]).toEqual([false, Infinity]);
  list.set('closes:/age');
  stream.deltas('{"age":', '30');
  flushSync();
  expect([breakpoints.active, breakpoints.searchedUpTo]).toEqual([true, 2]);
  expect(breakpoints.nextStop(-1, 1)).toBeNull();
  stream.deltas(',"b":1', '}');
  flushSync();
  expect(breakpoints.searchedUpTo).toBe(4);
  // The number is over with the comma after it.
  expect(breakpoints.nextStop(-1, 3)).toMatchObject({ seq: 2 });
  expect(breakpoints.nextStop(-1, 1)).toBeNull();
  expect(breakpoints.nextStop(2, 3)).toBeNull();
});

test('all that hold at an event are named and counted, and only enabled ones', () => {
  const { stream, list, breakpoints } = debugged();
  list.set('seq:1', 'text~b', { query: 'seq:0..9', enabled: false }, 'seq:2');
  stream.deltas('a', 'b', 'c');
  flushSync();
  const stop = breakpoints.nextStop(0, 2)!;
  expect(queriesOf(stop.breakpoints)).toEqual(['seq:1', 'text~b']);
  breakpoints.count(stop);
  expect(list.hits).toEqual(['b0', 'b1']);
  expect(queriesOf(breakpoints.hitsOf(2))).toEqual(['seq:2']);
  expect(breakpoints.namesAt(1)).toBe('seq:1, text~b');
  expect([breakpoints.beside(1, 1), breakpoints.beside(1, -1)]).toEqual([2, null]);
  expect(breakpoints.marks.map(({ query, length }) => [query, length])).toEqual([
    ['seq:1', 1],
    ['text~b', 1],
    ['seq:2', 1],
  ]);
  list.areActive = false;
  expect([breakpoints.active, breakpoints.nextStop(0, 2)]).toEqual([false, null]);
  expect(breakpoints.namesAt(1)).toBe('seq:1, text~b');
});

test('one that can’t be read stops nothing and says why, until it is mended', () => {
  const { stream, list, breakpoints } = debugged();
  list.set('closse:/age', '');
  stream.deltas('a');
  flushSync();
  expect(breakpoints.active).toBe(false);
  expect(breakpoints.of('b0')?.error).toMatchObject({ start: 0, end: 6 });
  expect(breakpoints.of('b1')?.error?.message).toContain('needs a filter');
  list.set('seq:0', '');
  flushSync();
  expect(breakpoints.of('b0')?.error).toBeNull();
  expect(breakpoints.nextStop(-1, 0)?.seq).toBe(0);
});

test('a hit that is counted starts no search anew, another query does', () => {
  const { stream, list, breakpoints } = debugged();
  list.set('seq:0');
  stream.deltas('a', 'b');
  flushSync();
  const before = breakpoints.of('b0');
  list.set({ query: 'seq:0', hits: 1 });
  flushSync();
  expect(breakpoints.of('b0')).toBe(before);
  list.set('seq:1');
  flushSync();
  expect(breakpoints.of('b0')).not.toBe(before);
  expect(breakpoints.nextStop(-1, 1)?.seq).toBe(1);
});

test('one about bookmarks is searched anew when they change', () => {
  const { stream, list, breakpoints } = debugged();
  list.set('bookmark');
  stream.deltas('a', 'b', 'c');
  flushSync();
  expect(breakpoints.nextStop(-1, 2)).toBeNull();
  stream.bookmarks = [{ seq: 1, note: '' }];
  flushSync();
  expect(breakpoints.nextStop(-1, 2)?.seq).toBe(1);
});

test('a problem that turns up for an event makes it hold late, which is told once', () => {
  const { stream, list, breakpoints } = debugged();
  list.set('problem', '-problem');
  stream.deltas('a', 'b', 'c');
  flushSync();
  expect([breakpoints.nextStop(1, 2)?.breakpoints.length, breakpoints.lateStop(2)]).toEqual([
    1,
    null,
  ]);
  stream.late.push(2);
  flushSync();
  expect(queriesOf(breakpoints.hitsOf(2))).toEqual(['problem']);
  expect(breakpoints.marks.map(({ length }) => length)).toEqual([1, 2]);
  expect(queriesOf(breakpoints.lateStop(2)!.breakpoints)).toEqual(['problem']);
  expect(breakpoints.lateStop(2)).toBeNull();
});

test('a slow search is waited for: nothing is known of what it has not reached', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let now = 0;
  vi.stubGlobal('performance', { now: () => now });
  const { stream, list, breakpoints } = debugged();
  stream.deltas(...Array.from({ length: 40 }, () => 'x'));
  // Every look at an event takes a millisecond, and a slice eight.
  stream.hasBookmark = (seq) => {
    now += 1;
    return seq === 30;
  };
  list.set('bookmark');
  flushSync();
  expect(breakpoints.searchedUpTo).toBe(16);
  vi.advanceTimersToNextTimer();
  expect(breakpoints.searchedUpTo).toBe(32);
  expect(breakpoints.nextStop(-1, 31)?.seq).toBe(30);
});

test('one about invalid outputs waits until they are judged', () => {
  const { stream, list, breakpoints } = debugged();
  list.set('invalid');
  stream.deltas('a', 'b', 'c');
  flushSync();
  expect(breakpoints.searchedUpTo).toBe(0);
  stream.invalidEvents = new Set([1]);
  stream.judgedCount = 3;
  flushSync();
  expect([breakpoints.searchedUpTo, breakpoints.nextStop(-1, 2)?.seq]).toEqual([3, 1]);
});
