import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CaptureMeta } from '../../src-core/capture.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import type { CaptureBatch } from '../../src-ipc/contract.ts';
import person from '../../examples/person.sse?raw';
import { CaptureView } from './capture-view.svelte.ts';
import { EventFilter } from './event-filter.svelte.ts';

// A clock that stands still: however busy the machine is, a slice is never over before its end.
beforeEach(() => void vi.stubGlobal('performance', { now: () => 0 }));
afterEach(() => void vi.unstubAllGlobals());

/** A capture that comes in as often as `more` is called, with an event of ours at its end. */
function liveCapture(text: string) {
  const indexer = new Indexer();
  const frames = text.split(/(?<=\n\n)/);
  const meta = { timed: true, end: null, bookmarks: [] } as unknown as CaptureMeta;
  const view = new CaptureView('one', 1, meta, 'streaming');
  const filter = new EventFilter(view);
  const more = (count: number, last = false) => {
    const bytes = new TextEncoder().encode(frames.splice(0, count).join(''));
    indexer.push(bytes, 0);
    if (last) indexer.end();
    const batch = { bytes, index: indexer.takeBatch(), last, meta: null };
    view.append([batch as unknown as CaptureBatch]);
    filter.extend();
  };
  const rows = () => Array.from({ length: filter.rowCount }, (_, row) => filter.seqOfRow(row));
  return { view, filter, more, rows };
}

// Of person.sse, events 4 to 18 are deltas; 16 brings "Software", 8 " Johnson".
test('a query and a range are both to be met, on a growing capture', () => {
  const { filter, more, rows } = liveCapture(person);
  more(8);
  expect([filter.isActive, rows()]).toEqual([false, [0, 1, 2, 3, 4, 5, 6, 7]]);
  filter.query = 'type:*.delta';
  expect([filter.isActive, rows()]).toEqual([true, [4, 5, 6, 7]]);
  filter.range = { from: 6, to: 9 };
  expect(rows()).toEqual([6, 7]);
  more(15, true);
  expect([filter.isComplete, rows()]).toEqual([true, [6, 7, 8, 9]]);
  expect([5, 6, 8, 20].map((seq) => filter.rowUpTo(seq))).toEqual([-1, 0, 2, 3]);
  filter.query = '';
  expect([filter.isActive, rows()]).toEqual([true, [6, 7, 8, 9]]);
  filter.range = null;
  expect([filter.isActive, filter.rowCount]).toEqual([false, 23]);
});

test('a query that can not be read keeps the rows, and says what is wrong', () => {
  const { filter, more, rows } = liveCapture(person);
  more(23, true);
  filter.query = 'type:*.delta text~"Soft"';
  expect([filter.error, rows()]).toEqual([null, [16]]);
  filter.query = 'tpye:*.delta';
  expect(filter.error).toMatchObject({ start: 0, end: 4 });
  expect([filter.query, rows()]).toEqual(['tpye:*.delta', [16]]);
  filter.query = 'Johnson text~john';
  expect([filter.error, rows()]).toEqual([null, [8]]);
});

test('the name of a term waits for what follows, and is a word when typing is over', () => {
  const { filter, more, rows } = liveCapture(person);
  more(23, true);
  filter.type('type:*.delta');
  const deltas = rows();
  expect(deltas).toHaveLength(15);
  filter.type('type:*.delta seq');
  expect([filter.error?.unfinished, rows()]).toEqual([true, deltas]);
  filter.type('type:*.delta seq:4');
  expect([filter.error, rows()]).toEqual([null, [4]]);
  filter.type('type:*.delta seq');
  expect(rows()).toEqual([4]);
  filter.settle();
  // As a word it is in "sequence_number" of every event.
  expect([filter.error, rows()]).toEqual([null, deltas]);
});

test('bookmarks and late problems make a filter that asks for them search again', () => {
  const { view, filter, more, rows } = liveCapture('data: {\n\ndata: 1\n\ndata: 2\n\ndata: 3');
  more(3);
  const end = $effect.root(() => {
    $effect(() => filter.extend());
  });
  filter.query = 'bookmark';
  expect(rows()).toEqual([]);
  view.setBookmarks([{ seq: 1, note: '' }]);
  flushSync();
  expect(rows()).toEqual([1]);
  filter.query = 'problem';
  // Event 0 is not the JSON that it begins.
  expect(rows()).toEqual([0]);
  // The stream ends inside a frame: a problem behind the last event, which is counted to it.
  more(1, true);
  flushSync();
  expect(rows()).toEqual([0, 2]);
  expect(view.problemsOf(2).map(({ rule }) => rule)).toEqual(['W7']);
  end();
});

test('events from which on outputs are invalid are known as far as these are judged', () => {
  const { view, filter, more, rows } = liveCapture(person);
  const end = $effect.root(() => {
    $effect(() => filter.extend());
  });
  filter.query = 'invalid';
  more(8);
  flushSync();
  // Nothing is answered before it is judged.
  expect(rows()).toEqual([]);
  view.setJudged(8, [5]);
  flushSync();
  expect(rows()).toEqual([5]);
  // A key that comes twice takes back what was said.
  view.setJudged(8, []);
  flushSync();
  expect(rows()).toEqual([]);
  end();
});
