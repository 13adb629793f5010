import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LaneDocuments } from '../../src-core/growing/lane-documents.ts';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import type { JsonValue } from '../../src-core/json.ts';
import { Snapshots } from '../../src-core/snapshot/snapshots.ts';
import type { Watch } from '../../src-ipc/contract.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import type { WatchList } from './watch-list.svelte.ts';
import { Watches } from './watches.svelte.ts';

/** As much of a capture as watches read. */
class Stream {
  count = $state(0);
  ended = $state(false);
  readonly index = new EventIndex();
  readonly documents = new LaneDocuments(this.index);
  readonly #events: JsonValue[] = [];
  readonly snapshots = new Snapshots(this.index, (seq) => this.#events[seq]);
  readonly #indexer = new Indexer({});

  add(...events: JsonValue[]): void {
    for (const event of events) {
      this.#events.push(event);
      this.#indexer.push(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`), 0);
    }
    this.index.append(this.#indexer.takeBatch());
    this.count = this.index.count;
  }
}

const item = { type: 'message', status: 'in_progress', content: [] };
const begin: JsonValue[] = [
  { type: 'response.created', response: { status: 'in_progress', output: [] } },
  { type: 'response.output_item.added', output_index: 0, item },
];
const delta = (text: string): JsonValue => ({
  ...{ type: 'response.output_text.delta', output_index: 0, content_index: 0 },
  delta: text,
});
const end: JsonValue = {
  type: 'response.output_item.done',
  output_index: 0,
  item: { ...item, status: 'completed', content: [{ type: 'output_text', text: '{"a":1}' }] },
};

let stop = () => {};
// A clock that stands still: all searches are done at once.
beforeEach(() => void vi.stubGlobal('performance', { now: () => 0 }));
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

function watching(...expressions: string[]) {
  const stream = new Stream();
  let all = $state.raw<Watch[]>(expressions.map((expression) => ({ id: expression, expression })));
  let watches!: Watches;
  stop = $effect.root(() => {
    const list = {
      get all() {
        return all;
      },
    };
    watches = new Watches(stream as unknown as CaptureView, list as unknown as WatchList);
    $effect(() => {
      void stream.count;
      watches.update();
    });
  });
  flushSync();
  return {
    stream,
    watches,
    set: (...next: string[]) => {
      all = next.map((expression) => ({ id: expression, expression }));
      flushSync();
    },
    changesOf: (id: string) => {
      const { search } = watches.of(id)!;
      return Array.from({ length: search.count }, (_, at) => search.at(at));
    },
  };
}

test('changes are found as the stream grows', () => {
  const text = '/output/0/content/0/text';
  const { stream, watches, changesOf, set } = watching(text, 'lane:0/0', 'lane:0/0#/a');
  stream.add(...begin, delta('{"a"'));
  flushSync();
  expect(changesOf(text)).toEqual([2]);
  stream.add(delta(':1'), delta('}'), end);
  flushSync();
  expect(changesOf(text)).toEqual([2, 3, 4]);
  expect(changesOf('lane:0/0')).toEqual([2, 3, 4]);
  expect(changesOf('lane:0/0#/a')).toEqual([3]);
  expect(watches.of(text)!.changesAt(3)).toEqual({
    changes: [{ pointer: '', kind: 'grew', before: '{"a"', after: '{"a":1', added: 2 }],
    count: 1,
  });
  expect([watches.beside(3, 1), watches.beside(3, -1), watches.beside(4, 1)]).toEqual([4, 2, null]);

  const before = watches.of('lane:0/0');
  set('lane:0/0', '/output/0/status');
  expect(watches.of('lane:0/0')).toBe(before);
  expect(watches.of(text)).toBeUndefined();
  expect(changesOf('/output/0/status')).toEqual([1, 5]);
});

test('a JSONPath is searched when its reader is here, and its places are told as such', async () => {
  const path = '$.output[*].status';
  const { stream, watches, changesOf } = watching(path, '$.output[');
  stream.add(...begin, delta('{'), end);
  expect(watches.of(path)!.isReading).toBe(true);
  await vi.waitFor(() => expect(watches.of(path)!.isReading).toBe(false));
  flushSync();
  expect(changesOf(path)).toEqual([1, 3]);
  expect(watches.of(path)!.changesAt(1).changes).toMatchObject([
    { pointer: '/output/0/status', kind: 'added', after: 'in_progress' },
  ]);
  expect(watches.of(path)!.changesAt(3).changes).toMatchObject([
    { pointer: '/output/0/status', kind: 'changed', after: 'completed' },
  ]);
  await vi.waitFor(() => expect(watches.of('$.output[')!.error).not.toBeNull());
  expect(watches.of('$.output[')!.error).toMatchObject({ start: 8 });
});
