import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { laneAddress } from '../index/event-index.ts';
import {
  created,
  ended,
  itemAdded,
  itemDone,
  message,
  partAdded,
  text,
} from '../testing/events.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { captures, streamOf } from '../testing/streams.ts';
import { type Track, Tracks } from './tracks.ts';

function nameOf(stream: IndexedStream, track: Track): string {
  if (track.lane < 0) return track.kind === 'item' ? `item ${track.item}` : track.kind;
  const lane = stream.index.lanes[track.lane]!;
  return `${lane.kind} ${laneAddress(lane)}`;
}
/** Tracks in one line each: name and events. */
function listed(stream: IndexedStream): string[] {
  const tracks = new Tracks(stream.index);
  tracks.extend();
  return tracks.list.map((track) => {
    const { seqs } = track.series;
    const events = Array.from({ length: seqs.length }, (_, row) => seqs.at(row));
    return `${nameOf(stream, track)}: ${events.join(' ')}`;
  });
}

describe('tracks', () => {
  test('of person.sse: three of the lifecycle, four of the item, sixteen of its text', () => {
    const { bytes } = responsesRecordings().find(({ name }) => name === 'seed-person.sse')!;
    // Read off the recording: 4 to 18 are deltas, 19 is their `done`.
    expect(listed(new IndexedStream(bytes))).toEqual([
      'lifecycle: 0 1 22',
      'item 0: 2 3 20 21',
      'output_text 0/0: 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19',
    ]);
  });

  test('stand in the order of the output, whatever came first', () => {
    const stream = new IndexedStream(
      streamOf([
        created,
        itemAdded(1, message()),
        text('b', 1, 1),
        text('a', 1, 0),
        itemAdded(0, message()),
        text('c', 0),
        itemDone(1, message('a', 'b')),
      ]),
    );
    expect(listed(stream)).toEqual([
      'lifecycle: 0',
      'item 0: 4',
      'output_text 0/0: 5',
      'item 1: 1 6',
      'output_text 1/1: 2',
      'output_text 1/0: 3',
    ]);
  });

  test('of a second response are others, though its items have the same indexes', () => {
    const one = [created, itemAdded(0, message()), partAdded(0, 0), text('a'), ended('completed')];
    expect(listed(new IndexedStream(streamOf([...one, ...one])))).toEqual([
      'lifecycle: 0 4 5 9',
      'item 0: 1 2',
      'output_text 0/0: 3',
      'item 0: 6 7',
      'output_text 0/0: 8',
    ]);
  });

  test('tell what an item is, and the longest time without an event of theirs', () => {
    const stream = new IndexedStream(
      streamOf([created, itemAdded(3, message()), text('a', 3), itemDone(3, message('a'))]),
      { chunks: [1] },
    );
    const { timeUs } = stream.index.columns;
    const tracks = new Tracks(stream.index);
    tracks.extend();
    const item = tracks.of(3);
    expect(tracks.announcementOf(item)).toBe(1);
    expect(tracks.announcementOf(tracks.of(0))).toBe(-1);
    expect(item.longestGapUs).toBe(timeUs[3]! - timeUs[1]!);
    expect(tracks.of(2).longestGapUs).toBe(0);
  });
});

describe('of any stream', () => {
  test('every event is in exactly one track, however it was read on', () => {
    fc.assert(
      fc.property(captures, fc.array(fc.integer({ min: 1, max: 9 })), (events, steps) => {
        const stream = new IndexedStream(streamOf(events), { chunks: [64, 700] });
        const tracks = new Tracks(stream.index);
        for (const step of steps) tracks.extend(step);
        expect(tracks.extend()).toBe(true);
        const seen = tracks.list.flatMap(({ series }) =>
          Array.from({ length: series.count }, (_, row) => series.seqs.at(row)),
        );
        expect(seen.sort((a, b) => a - b)).toEqual(events.map((_, seq) => seq));
        const all = new Tracks(stream.index);
        all.extend();
        expect(all.list.map((track) => nameOf(stream, track))).toEqual(
          tracks.list.map((track) => nameOf(stream, track)),
        );
        for (const track of tracks.list) {
          expect(track.series.types.reduce((sum, { seqs }) => sum + seqs.length, 0)).toBe(
            track.series.count,
          );
          if (track.lane >= 0)
            expect(track.response).toBe(stream.index.lanes[track.lane]!.response);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('an item has its lanes beside it', () => {
    fc.assert(
      fc.property(captures, (events) => {
        const stream = new IndexedStream(streamOf(events));
        const tracks = new Tracks(stream.index);
        tracks.extend();
        const places = tracks.list.slice(1).map(({ response, item }) => [response, item] as const);
        const ascending = [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(places).toEqual(ascending);
      }),
      { numRuns: 100 },
    );
  });
});
