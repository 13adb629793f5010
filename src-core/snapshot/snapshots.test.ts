import { describe, expect, test } from 'vitest';
import { EventIndex } from '../index/event-index.ts';
import { type JsonValue, parseJson } from '../json.ts';
import { created, itemAdded, itemDone, message, partAdded, text } from '../testing/events.ts';
import {
  eventsOf,
  expectSnapshot,
  IndexedStream,
  plainSnapshots,
  scatteredOrder,
} from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { streamOf } from '../testing/streams.ts';
import { Snapshots } from './snapshots.ts';

const all = responsesRecordings();
const named = all.map(({ name, bytes }) => [name, bytes] as const);

function expectSnapshots(snapshots: Snapshots, order: Iterable<number>, plain: string[]): void {
  for (const seq of order) expectSnapshot(snapshots, seq, plain[seq]!);
}

test('has recordings to work on', () => expect(all.length).toBeGreaterThan(45));

describe('the snapshot after any event is what a plain fold gives', () => {
  const cuts = [
    { chunks: [16_384], batches: [1] },
    { chunks: [7, 1000, 64, 3], batches: [1, 5, 2] },
    { chunks: [10_000_000], batches: [1] },
  ];

  test.each(named)('%s', (_name, bytes) => {
    const events = eventsOf(bytes);
    const plain = plainSnapshots(events);
    const ascending = events.map((_, seq) => seq);
    const descending = [...ascending].reverse();
    const random = scatteredOrder(events.length);

    for (const cut of cuts) {
      const stream = new IndexedStream(bytes, cut);
      expect(stream.index.count).toBe(events.length);
      expectSnapshots(stream.snapshots(), random, plain);
    }
    const stream = new IndexedStream(bytes);
    const warm = stream.snapshots();
    expectSnapshots(warm, ascending, plain);
    expectSnapshots(warm, random, plain);
    expectSnapshots(stream.snapshots(), descending, plain);
  });

  test('also while the stream is still coming', () => {
    for (const { bytes } of all) {
      const plain = plainSnapshots(eventsOf(bytes));
      const stream = new IndexedStream(bytes, { chunks: [900], batches: [1] });
      const growing = new EventIndex();
      const snapshots = new Snapshots(growing, (seq) => parseJson(stream.dataOf(seq)));
      for (const batch of stream.batches) {
        growing.append(batch);
        const { count } = growing;
        if (count > 0) expectSnapshots(snapshots, [count - 1, count >> 1], plain);
      }
    }
  });
});

test('a seek decodes a few events, however long the stream is', () => {
  const items = Array.from({ length: 4000 }, (_, at) => [
    itemAdded(at, { type: 'message', content: [] }),
    partAdded(at, 0),
    text(`text ${at}`, at),
    itemDone(at, message(`text ${at}`)),
  ]);
  const stream = new IndexedStream(streamOf([created, ...items.flat()]), { chunks: [100_000] });
  let decoded = 0;
  const snapshots = new Snapshots(stream.index, (seq) => {
    decoded += stream.index.columns.end[seq]! - stream.index.columns.start[seq]!;
    return parseJson(stream.dataOf(seq));
  });
  snapshots.at(stream.index.count - 1);
  expect(decoded).toBeLessThanOrEqual(stream.bytes.length);
  for (const seq of scatteredOrder(stream.index.count).slice(0, 300)) {
    decoded = 0;
    const at = Math.floor((seq - 1) / 4);
    expect((snapshots.at(seq)?.output as JsonValue[]).length).toBe(seq === 0 ? 0 : at + 1);
    expect(decoded).toBeLessThan(30_000);
  }
});

describe('snapshots of the recording that the project started from', () => {
  const { bytes } = all.find(({ name }) => name === 'seed-person.sse')!;
  const snapshots = new IndexedStream(bytes).snapshots();

  test('hold the text as far as it had come', () => {
    expect(snapshots.at(3)).toMatchObject({ output: [{ content: [{ text: '' }] }] });
    expect(snapshots.at(8)).toMatchObject({
      output: [{ content: [{ text: '{"name":"Alice Johnson' }] }],
    });
  });

  test('hold nothing before the first event', () => expect(snapshots.at(-1)).toBeNull());

  test('hold the final response at the end', () => {
    expect(snapshots.at(22)).toMatchObject({ status: 'completed', usage: { total_tokens: 72 } });
  });
});
