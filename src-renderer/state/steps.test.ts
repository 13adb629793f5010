import { expect, test } from 'vitest';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import type { JsonObject } from '../../src-core/json.ts';
import type { Session } from './session.svelte.ts';
import { type Direction, stepGoal, type StepKind } from './steps.ts';

const item = (index: number): JsonObject => ({
  type: 'response.output_item.added',
  output_index: index,
  item: { type: 'message', content: [] },
});
const delta = (index: number, text: string): JsonObject => ({
  type: 'response.output_text.delta',
  output_index: index,
  content_index: 0,
  delta: text,
});
const done = (index: number, text: string): JsonObject => ({
  type: 'response.output_text.done',
  output_index: index,
  content_index: 0,
  text,
});

/** Each inner list arrives as one chunk. */
const chunks: JsonObject[][] = [
  [{ type: 'response.created', response: { output: [] } }, item(0)], // 0, 1
  [delta(0, 'a')], // 2
  [delta(0, 'b'), item(1), delta(1, 'x')], // 3, 4, 5
  [delta(0, 'c')], // 6
  [done(0, 'abc'), { type: 'keepalive' }], // 7, 8
];

function sessionAt(seq: number): Session {
  const indexer = new Indexer({});
  for (const [at, events] of chunks.entries()) {
    const text = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    indexer.push(new TextEncoder().encode(text), at * 1000);
  }
  const index = new EventIndex();
  index.append(indexer.takeBatch());
  const found = (seqs: number[]) => ({
    beside: (from: number, direction: Direction) =>
      (direction > 0 ? seqs.find((one) => one > from) : seqs.filter((one) => one < from).at(-1)) ??
      null,
  });
  return {
    view: {
      index,
      count: index.count,
      isTimed: true,
      bookmarks: [{ seq: 1 }, { seq: 5 }],
    },
    playhead: { seq },
    listed: found([2, 6, 8]),
    watches: found([2, 3]),
    breakpoints: found([4]),
  } as unknown as Session;
}

test.each<[StepKind, number, previous: number | null, next: number | null]>([
  ['type', 3, 2, 5],
  ['type', 2, null, 3],
  ['type', 6, 5, null],
  ['lane', 3, 2, 6],
  // The final text writes nothing new.
  ['lane', 6, 3, null],
  ['lane', 5, null, null],
  // An event without a lane: the next one that has any.
  ['lane', 1, null, 2],
  ['lane', 8, 7, null],
  ['item', 3, 2, 6],
  ['item', 5, 4, null],
  ['item', 0, null, 1],
  // The first event of the chunk, not the one next to this.
  ['chunk', 4, 2, 6],
  ['chunk', 6, 3, 7],
  ['chunk', 2, 0, 3],
  ['chunk', 1, null, 2],
  ['chunk', 8, 6, null],
  ['problem', 3, 2, 6],
  // What lies behind the last event is a problem of it.
  ['problem', 6, 2, 8],
  ['watch', 3, 2, null],
  ['breakpoint', 3, null, 4],
  ['bookmark', 3, 1, 5],
])('%s from event %i: back to %s, on to %s', (kind, seq, previous, next) => {
  const session = sessionAt(seq);
  expect([stepGoal(session, kind, -1), stepGoal(session, kind, 1)]).toEqual([previous, next]);
});

test('of several responses the whole next or previous one is shown', () => {
  const indexer = new Indexer({});
  const event = (type: string) =>
    `data: ${JSON.stringify({ type, response: { id: 'r', output: [] } })}\n\n`;
  // 0 and 1; 2 and 3; 4, which is not ended.
  const twice = event('response.created') + event('response.completed');
  indexer.push(new TextEncoder().encode(twice + twice + event('response.created')), 0);
  const index = new EventIndex();
  index.append(indexer.takeBatch());
  const at = (seq: number) =>
    ({ view: { index, count: 5 }, playhead: { seq } }) as unknown as Session;
  expect(index.responseCount).toBe(3);
  const beside = [0, 1, 2, 4].map((seq) =>
    ([-1, 1] as const).map((direction) => stepGoal(at(seq), 'response', direction)),
  );
  expect(beside).toEqual([
    [null, 3],
    [null, 3],
    [1, 4],
    [3, null],
  ]);
});

test('there are no chunks to step along where times were made up, and no events before any came', () => {
  const session = sessionAt(3);
  Object.assign(session.view, { isTimed: false });
  expect(stepGoal(session, 'chunk', 1)).toBeNull();
  Object.assign(session.playhead, { seq: -1 });
  expect(stepGoal(session, 'type', 1)).toBeNull();
});
