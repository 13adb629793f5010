import { describe, expect, test } from 'vitest';
import type { LaneKind } from '../index/batch.ts';
import { EventIndex } from '../index/event-index.ts';
import { created, itemAdded, message, partAdded, text, textDone } from '../testing/events.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { streamOf } from '../testing/streams.ts';
import { LaneAddress, watchedAddress } from './lane-address.ts';
import { LaneTextWatch } from './lane-watch.ts';

const refusal = (delta: string) => ({
  type: 'response.refusal.delta',
  output_index: 0,
  content_index: 0,
  delta,
});
const place = (kind: LaneKind | null) => ({ outputIndex: 0, subIndex: 0, kind });

function read(index: EventIndex, kind: LaneKind | null) {
  const watch = new LaneTextWatch(index, place(kind));
  const events = Array.from({ length: index.count }, (_, seq) => seq);
  return {
    values: events.map((seq) => watch.valueAt(seq)),
    changes: events.filter((seq) => watch.changesAt(seq)),
  };
}

describe('of a text and a refusal at one address', () => {
  const { index } = new IndexedStream(
    streamOf([created, itemAdded(0, message()), text('a'), refusal('x'), text('b'), refusal('y')]),
  );

  test('each is watched by its kind', () => {
    const none = [undefined, undefined];
    const texts = { values: [...none, 'a', 'a', 'ab', 'ab'], changes: [2, 4] };
    expect(read(index, 'output_text')).toEqual(texts);
    expect(read(index, null)).toEqual(texts);
    expect(read(index, 'refusal')).toEqual({
      values: [...none, undefined, 'x', 'x', 'xy'],
      changes: [3, 5],
    });
    expect(read(index, 'code')).toEqual({ values: Array(6).fill(undefined), changes: [] });
  });

  test('a proposed watch names the kind', () => {
    expect(index.lanes.map((lane) => watchedAddress(index, lane))).toEqual([
      '0/0:output_text',
      '0/0:refusal',
    ]);
  });
});

test('without a kind a refusal counts until an output text begins', () => {
  const { index } = new IndexedStream(
    streamOf([created, itemAdded(0, message()), refusal('x'), text('a'), refusal('y')]),
  );
  expect(read(index, null).values.slice(2)).toEqual(['x', 'a', 'a']);
  expect(watchedAddress(new EventIndex(), index.lanes[0]!)).toBe('0/0');
});

test('a second response begins without the text of the first', () => {
  const { index } = new IndexedStream(
    streamOf([created, text('one'), created, itemAdded(0, message()), text('two')]),
  );
  expect(read(index, null)).toEqual({
    values: [undefined, 'one', undefined, undefined, 'two'],
    changes: [1, 2, 4],
  });
});

test('thousands of replaced texts are not gone through at every event', () => {
  const count = 3000;
  const { index } = new IndexedStream(
    streamOf([
      created,
      itemAdded(0, message()),
      partAdded(0, 0),
      ...Array.from({ length: count }, (_, at) => textDone(`text ${at}`)),
    ]),
  );
  expect(index.lanes.length).toBeGreaterThanOrEqual(count - 1);
  let reads = 0;
  for (const lane of index.lanes) {
    const { firstSeq } = lane;
    Object.defineProperty(lane, 'firstSeq', { get: () => (reads++, firstSeq) });
  }
  const address = new LaneAddress(index, place(null));
  for (let seq = 0; seq < index.count; seq++) address.laneAt(seq);
  // A binary search among 3,000 takes at most 12 steps.
  expect(reads).toBeLessThanOrEqual(12 * index.count);
  expect(index.laneTextAt(address.laneAt(3 + 17), 3 + 17)).toBe('text 17');
});
