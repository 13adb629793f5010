import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { damaged, damages, oddEvent } from '../testing/damage.ts';
import {
  eventsOf,
  expectSnapshot,
  IndexedStream,
  plainSnapshots,
  scatteredOrder,
} from '../testing/indexed-stream.ts';
import { captures, streamOf } from '../testing/streams.ts';

const cuts = fc.record({
  chunks: fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 }),
  batches: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
});

type Cut = { chunks: number[]; batches: number[] };

/** What has to hold for any stream whatever. */
function expectTimeTravel(bytes: Uint8Array, cut: Cut): void {
  const stream = new IndexedStream(bytes, cut, { dialect: 'responses' });
  const { index } = stream;
  const plain = plainSnapshots(eventsOf(bytes));
  expect(index.count).toBe(plain.length);

  const cold = stream.snapshots();
  for (const seq of scatteredOrder(plain.length)) expectSnapshot(cold, seq, plain[seq]!);
  const warm = stream.snapshots();
  for (let seq = 0; seq < plain.length; seq++) expectSnapshot(warm, seq, plain[seq]!);

  index.lanes.forEach((lane, number) => {
    const { lane: lanes, laneEnd } = index.columns;
    let before = '';
    for (let seq = 0; seq < index.count; seq++) {
      const text = index.laneTextAt(number, seq);
      // A call of `expect` for each would take most of the time.
      const isRight =
        text.startsWith(before) &&
        (seq >= lane.firstSeq || text === '') &&
        (lanes[seq] !== number || laneEnd[seq] === text.length);
      if (!isRight) expect.fail(`lane ${number} after event ${seq} is ${JSON.stringify(text)}`);
      before = text;
    }
    expect(before).toBe(lane.text);
  });
}

describe('time travel equals folding from the start', () => {
  test('for well-formed streams', () => {
    fc.assert(
      fc.property(captures, fc.boolean(), cuts, (events, named, cut) =>
        expectTimeTravel(streamOf(events, named), cut),
      ),
      { numRuns: 600 },
    );
  });

  test('for damaged ones', () => {
    fc.assert(
      fc.property(captures, damages, cuts, (events, list, cut) =>
        expectTimeTravel(damaged(events, list), cut),
      ),
      { numRuns: 1000 },
    );
  });

  test('for events of any shape in any order', () => {
    fc.assert(
      fc.property(fc.array(oddEvent, { maxLength: 40 }), cuts, (events, cut) =>
        expectTimeTravel(streamOf(events), cut),
      ),
      { numRuns: 2500 },
    );
  });
});
