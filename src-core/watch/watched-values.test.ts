import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LaneDocuments } from '../growing/lane-documents.ts';
import { EventIndex, laneAddress } from '../index/event-index.ts';
import type { JsonValue } from '../json.ts';
import { created, ended, itemAdded, message, partAdded, text } from '../testing/events.ts';
import { eventsOf, IndexedStream, plainSnapshots } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { captures, streamOf } from '../testing/streams.ts';
import { Snapshots } from '../snapshot/snapshots.ts';
import { DocumentWatch } from './document-watch.ts';
import { LaneTextWatch } from './lane-watch.ts';
import { PointerWatch } from './pointer-watch.ts';
import type { WatchedValue } from './watched-value.ts';

const all = responsesRecordings();
const person = all.find(({ name }) => name === 'seed-person.sse')!;

function changesOf(watch: WatchedValue, count: number): number[] {
  return Array.from({ length: count }, (_, seq) => seq).filter((seq) => watch.changesAt(seq));
}

/** What a slow comparison of each value with the one before finds. */
function comparedChanges(values: readonly (JsonValue | undefined)[]): number[] {
  return values
    .map((value, seq) => (isDeepStrictEqual(value, values[seq - 1]) ? -1 : seq))
    .filter((seq) => seq >= 0);
}

/** By the rules of RFC 6901, one key after the other, over plain JSON. */
function plainAt(root: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root ?? undefined;
  for (const key of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(
      ([name]) => name === key.replaceAll('~1', '/').replaceAll('~0', '~'),
    )?.[1] as JsonValue | undefined;
  }
  return value;
}

/** All pointers of a value down to a depth. */
function pointersOf(value: JsonValue, depth: number, at = ''): string[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, member]) =>
      pointersOf(
        member as JsonValue,
        depth - 1,
        `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      ),
    ),
  ];
}

const keysOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Some of the pointers of all that was ever there, and some that never are. */
function pointersToWatch(plain: readonly JsonValue[]): string[] {
  const steps = [plain.length - 1, plain.length >> 1, Math.min(4, plain.length - 1)];
  const found = new Set(steps.flatMap((seq) => pointersOf(plain[seq]!, 6)));
  const spread = [...found].filter((_, at) => at % Math.ceil(found.size / 30) === 0);
  return [
    ...spread,
    '/status',
    '/output',
    '/output/0',
    '/output/0/content/0/text',
    '/output/0/content/0/text/0',
    '/output/0/content/0/logprobs',
    '/output/0/content/0/logprobs/3/token',
    '/output/7',
    '/nothing/here',
  ];
}

describe('a pointer changes where snapshots compared deeply say so', () => {
  test.each(all.map(({ name, bytes }) => [name, bytes] as const))('%s', (_name, bytes) => {
    const plain = plainSnapshots(eventsOf(bytes)).map((json) => JSON.parse(json) as JsonValue);
    const stream = new IndexedStream(bytes);
    const snapshots = stream.snapshots();
    for (const pointer of pointersToWatch(plain)) {
      const values = plain.map((snapshot) => plainAt(snapshot, pointer));
      const watch = new PointerWatch(snapshots, keysOf(pointer));
      expect(changesOf(watch, plain.length), pointer).toEqual(comparedChanges(values));
      const middle = plain.length >> 1;
      expect(watch.valueAt(middle), pointer).toEqual(values[middle]);
    }
  });

  test('also in streams of any shape', () => {
    fc.assert(
      fc.property(captures, (events) => {
        const bytes = streamOf(events);
        const plain = plainSnapshots(eventsOf(bytes)).map((json) => JSON.parse(json) as JsonValue);
        const snapshots = new IndexedStream(bytes).snapshots();
        for (const pointer of pointersToWatch(plain).slice(-30)) {
          const values = plain.map((snapshot) => plainAt(snapshot, pointer));
          const watch = new PointerWatch(snapshots, keysOf(pointer));
          expect(changesOf(watch, plain.length), pointer).toEqual(comparedChanges(values));
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('the text of the recording that the project started from changes with its part and 15 deltas', () => {
  const stream = new IndexedStream(person.bytes);
  const watch = new PointerWatch(stream.snapshots(), keysOf('/output/0/content/0/text'));
  const changes = changesOf(watch, 23);
  // Event 3 adds the part with an empty text; 4 to 18 are the deltas; 19 to 22 only confirm it.
  expect(changes).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
  expect(changes.filter((seq) => stream.index.typeOf(seq).endsWith('.delta'))).toHaveLength(15);
  expect([watch.valueAt(2), watch.valueAt(3), watch.valueAt(4)]).toEqual([undefined, '', '{"']);
});

describe('a lane', () => {
  test('changes where its text does, in all recordings', () => {
    for (const { name, bytes } of all) {
      const { index } = new IndexedStream(bytes);
      for (const address of new Set(index.lanes.map(laneAddress))) {
        const [output, sub = '-1'] = address.split('/');
        const place = { outputIndex: Number(output), subIndex: Number(sub), kind: null };
        const watch = new LaneTextWatch(index, place);
        const values = Array.from({ length: index.count }, (_, seq) => {
          const began = index.responseStart(seq);
          const begun = index.lanes.filter(
            (lane) =>
              laneAddress(lane) === address && lane.firstSeq <= seq && lane.firstSeq >= began,
          );
          const lane =
            begun.filter(({ kind }) => kind === 'output_text').at(-1) ??
            begun.filter(({ kind }) => kind === begun[0]!.kind).at(-1);
          return lane && index.laneTextAt(index.lanes.indexOf(lane), seq);
        });
        expect(changesOf(watch, index.count), `${name} ${address}`).toEqual(
          comparedChanges(values),
        );
      }
    }
  });

  test('holds a document whose places change where their values do, in all recordings', () => {
    let compared = 0;
    for (const { name, bytes } of all) {
      const { index } = new IndexedStream(bytes);
      const documents = new LaneDocuments(index);
      for (const [number, lane] of index.lanes.entries()) {
        const document = documents.of(number);
        const others = index.lanes.filter((one) => laneAddress(one) === laneAddress(lane));
        if (!document || others.length > 1) continue;
        const pointers = pointersOf(document.at(document.length).valueOf(0), 4).slice(0, 40);
        for (const pointer of pointers) {
          const watch = new DocumentWatch({ index, documents }, lane, pointer);
          const values = Array.from({ length: index.count }, (_, seq) => {
            const isThere = index.responseStart(seq) === index.responseStart(lane.firstSeq);
            const prefix = isThere ? documents.at(number, seq) : null;
            const node = prefix?.find(pointer) ?? -1;
            return node < 0 ? undefined : prefix!.valueOf(node);
          });
          expect(changesOf(watch, index.count), `${name} ${number} ${pointer}`).toEqual(
            comparedChanges(values),
          );
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(30);
  });

  test('a minus is no value before its first digit', () => {
    const { index } = new IndexedStream(
      streamOf([
        created,
        itemAdded(0, message()),
        partAdded(0, 0),
        ...[...'[-5]'].map((one) => text(one)),
      ]),
    );
    const watch = new DocumentWatch(
      { index, documents: new LaneDocuments(index) },
      index.lanes[0]!,
      '',
    );
    // `[` of event 3 makes the empty array, `5` of event 5 its member.
    expect(changesOf(watch, index.count)).toEqual([3, 5]);
  });

  test('holds documents cut anywhere', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        fc.boolean(),
        (json, sizes, escaped) => {
          const written = escaped ? json.replace(/[a-z]/g, (one) => unicodeEscape(one)) : json;
          const whole = `{"a":${written},"b":[${written}],"a":"é\\n😀"}`;
          const deltas: string[] = [];
          for (let at = 0, turn = 0; at < whole.length; at += sizes[turn++ % sizes.length]!)
            deltas.push(whole.slice(at, at + sizes[turn % sizes.length]!));
          const events = [created, itemAdded(0, message()), partAdded(0, 0)];
          const bytes = streamOf([
            ...events,
            ...deltas.map((one) => text(one)),
            ended('completed'),
          ]);
          const { index } = new IndexedStream(bytes);
          const documents = new LaneDocuments(index);
          for (const pointer of ['', '/a', '/b', '/b/0', '/c']) {
            const watch = new DocumentWatch({ index, documents }, index.lanes[0]!, pointer);
            const values = Array.from({ length: index.count }, (_, seq) => watch.valueAt(seq));
            const found = changesOf(watch, index.count);
            const expected = comparedChanges(values);
            // A key that comes again with an equal value is written again, and is listed.
            expect(found).toEqual(expect.arrayContaining(expected));
            if (pointer !== '') expect(found).toEqual(expected);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

test('a watch that is asked while the stream grows finds the same', () => {
  for (const { bytes } of all) {
    const whole = new IndexedStream(bytes, { chunks: [900], batches: [1] });
    const index = new EventIndex();
    const snapshots = new Snapshots(index, (seq) => JSON.parse(whole.dataOf(seq)) as JsonValue);
    const growing = new PointerWatch(snapshots, ['output', '0']);
    const found: number[] = [];
    for (const batch of whole.batches) {
      const from = index.count;
      index.append(batch);
      for (let seq = from; seq < index.count; seq++) if (growing.changesAt(seq)) found.push(seq);
    }
    const once = new PointerWatch(whole.snapshots(), ['output', '0']);
    expect(found).toEqual(changesOf(once, index.count));
  }
});
