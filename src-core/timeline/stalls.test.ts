import { expect, test } from 'vitest';
import { text } from '../testing/events.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { streamOf } from '../testing/streams.ts';
import { MatchedSeries } from './matched-series.ts';
import { Stalls } from './stalls.ts';
import { Tracks } from './tracks.ts';

function streamAt(ms: number[]): IndexedStream {
  const stream = new IndexedStream(streamOf(ms.map((_, at) => text(`${at}`, at % 2))));
  ms.forEach((time, seq) => (stream.index.columns.timeUs[seq] = time * 1000));
  return stream;
}

test('stalls are the gaps from a length on, the longest first', () => {
  const stream = streamAt([160, 200, 349, 499, 1499, 1500]);
  const stalls = new Stalls(stream.index, 150_000);
  stalls.extend(3);
  expect(stalls.count).toBe(1);
  stalls.extend();
  expect(stalls.longest(9).map(({ before, after }) => [before, after])).toEqual([
    [3, 4],
    // The wait for the first event counts from the request.
    [-1, 0],
    [2, 3],
  ]);
  const long = new Stalls(stream.index, 150_001);
  long.extend();
  expect(long.count).toBe(2);
  expect(stalls.longest(1)).toEqual([{ before: 3, after: 4, fromUs: 499_000, toUs: 1_499_000 }]);
});

test('what a filter lets through is kept by track', () => {
  const stream = streamAt([0, 1, 2, 3, 4, 5]);
  const tracks = new Tracks(stream.index);
  tracks.extend();
  const matched = new MatchedSeries(tracks);
  const { type } = stream.index.columns;
  for (const seq of [1, 2, 4]) matched.add(seq, type[seq]!);
  expect(matched.of(tracks.of(0))!.countIn(0, 5)).toBe(2);
  expect(matched.of(tracks.of(1))!.countIn(0, 5)).toBe(1);
  expect(matched.of(tracks.list[0]!)).toBeUndefined();
});
