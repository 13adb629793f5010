import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NumberList } from '../index/columns.ts';
import type { EventKind } from '../responses/event-types.ts';
import { barsOf } from './bars.ts';
import { columnEdges, columnOf, columnsOf, countColumns } from './pixel-columns.ts';
import { MAX_TYPES, Series } from './series.ts';
import { stallsInColumns } from './stalls.ts';

/** Events at random times, of random types, with a window and a width to look at them. */
const looks = fc
  .record({
    gaps: fc.array(fc.oneof(fc.constant(0), fc.nat(300), fc.nat(400_000)), { maxLength: 120 }),
    types: fc.array(fc.nat(40), { minLength: 1, maxLength: 20 }),
    from: fc.nat(1_000_000),
    span: fc.oneof(fc.integer({ min: 20, max: 2_000 }), fc.integer({ min: 20, max: 9_000_000 })),
    width: fc.integer({ min: 1, max: 300 }),
  })
  .map(({ gaps, types, from, span, width }) => {
    let at = 0;
    const times = gaps.map((gap) => (at += gap));
    const window = { fromUs: from, toUs: from + span };
    return { times, typeOf: (seq: number) => types[seq % types.length]!, window, width };
  });

const KINDS: EventKind[] = ['text', 'item', 'error', 'other'];
const kindOfType = (type: number): EventKind => (type < 0 ? 'other' : KINDS[type % 4]!);

/** The column of a time, by its definition. */
function columnAt(us: number, fromUs: number, toUs: number, width: number): number {
  if (us < fromUs || us > toUs) return -1;
  const step = (toUs - fromUs) / width;
  for (let column = width - 1; column > 0; column--)
    if (us >= fromUs + column * step) return column;
  return 0;
}

test('the columns of all tracks hold the events of the window, each where its time is', () => {
  fc.assert(
    fc.property(
      looks,
      fc.integer({ min: 1, max: 5 }),
      ({ times, typeOf, window, width }, tracks) => {
        const edges = columnEdges(times.length, (row) => times[row]!, window, width);
        const series = Array.from({ length: tracks }, () => new Series());
        times.forEach((_, seq) => series[seq % tracks]!.push(seq, typeOf(seq)));
        let sum = 0;
        series.forEach((one, track) => {
          const expected = new Array<number>(width).fill(0);
          const seen = Array.from({ length: width }, () => new Map<EventKind, number>());
          times.forEach((us, seq) => {
            const column = columnAt(us, window.fromUs, window.toUs, width);
            if (column < 0 || seq % tracks !== track) return;
            expected[column]!++;
            expect(columnOf(edges, seq)).toBe(column);
            const kind = one.types.some(({ type }) => type === typeOf(seq))
              ? kindOfType(typeOf(seq))
              : 'other';
            seen[column]!.set(kind, (seen[column]!.get(kind) ?? 0) + 1);
          });
          const { counts, kinds, max } = countColumns(one, edges, kindOfType);
          expect([...counts]).toEqual(expected);
          expect(max).toBe(Math.max(...expected));
          kinds.forEach((kind, column) => {
            const most = Math.max(0, ...seen[column]!.values());
            if (most === 0) expect(kind).toBeNull();
            else if (seen[column]!.has('error')) expect(kind).toBe('error');
            else expect(seen[column]!.get(kind!)).toBe(most);
          });
          sum += counts.reduce((all, count) => all + count, 0);
        });
        expect(sum).toBe(times.filter((us) => us >= window.fromUs && us <= window.toUs).length);
      },
    ),
  );
});

test('bars stand on every column that has events, and on no other but the one beside it', () => {
  fc.assert(
    fc.property(
      looks,
      fc.integer({ min: 4, max: 30 }),
      ({ times, typeOf, window, width }, height) => {
        const series = new Series();
        times.forEach((_, seq) => series.push(seq, typeOf(seq)));
        const edges = columnEdges(times.length, (row) => times[row]!, window, width);
        const columns = countColumns(series, edges, kindOfType);
        const bars = barsOf(columns, height);
        const covered = new Array<EventKind | null>(width + 2).fill(null);
        for (const bar of bars)
          for (let x = bar.x; x < bar.x + bar.width; x++) {
            expect(covered[x]).toBeNull();
            covered[x] = bar.kind;
            expect(bar.height).toBeGreaterThanOrEqual(1);
            expect(bar.height).toBeLessThanOrEqual(height);
          }
        columns.kinds.forEach((kind, x) => {
          if (kind) expect(covered[x]).toBe(kind);
          else if (covered[x]) expect(columns.kinds[x - 1]).not.toBeNull();
        });
      },
    ),
  );
});

test('marks stand in the columns of their events, once in each', () => {
  fc.assert(
    fc.property(looks, fc.integer({ min: 1, max: 7 }), ({ times, window, width }, every) => {
      const list = new NumberList();
      times.forEach((_, seq) => seq % every === 0 && list.push(seq));
      const edges = columnEdges(times.length, (row) => times[row]!, window, width);
      const firsts = new Map<number, number>();
      times.forEach((us, seq) => {
        const column = columnAt(us, window.fromUs, window.toUs, width);
        if (seq % every === 0 && column >= 0 && !firsts.has(column)) firsts.set(column, seq);
      });
      expect(columnsOf(list, edges)).toEqual([...firsts].map(([column, seq]) => ({ column, seq })));
    }),
  );
});

describe('what a bar says', () => {
  const bars = (counts: number[], height: number) =>
    barsOf(
      {
        counts: Uint32Array.from(counts),
        kinds: counts.map((count) => (count > 0 ? 'text' : null)),
        max: Math.max(...counts),
      },
      height,
    );

  test('single events are as high as the row', () => {
    expect(bars([1, 0, 0, 1], 12)).toEqual([
      { x: 0, width: 2, height: 12, kind: 'text' },
      { x: 3, width: 2, height: 12, kind: 'text' },
    ]);
  });

  test('more events are higher, and one in a crowd still shows', () => {
    const [one, some, most] = bars([1, 0, 0, 30, 0, 0, 1000], 20).map(({ height }) => height);
    expect(most).toBe(20);
    expect(some!).toBeLessThan(20);
    expect(one!).toBeLessThan(some!);
    expect(one!).toBeGreaterThanOrEqual(8);
  });

  test('neighbours that are alike are one rectangle', () => {
    expect(bars([2, 2, 2, 2], 10)).toEqual([{ x: 0, width: 5, height: 10, kind: 'text' }]);
  });
});

test('of streams with more types than a series tells apart the rest is counted together', () => {
  const series = new Series();
  for (let seq = 0; seq < 100; seq++) series.push(seq, seq);
  expect(series.types).toHaveLength(MAX_TYPES + 1);
  expect(series.typesIn(0, 99)[0]).toEqual({ type: -1, count: 100 - MAX_TYPES });
  expect(series.countIn(10, 19)).toBe(10);
});

test('the event nearest to a time is found among those of a series', () => {
  const series = new Series();
  for (const seq of [1, 3, 4]) series.push(seq, 0);
  const times = [0, 100, 150, 200, 400];
  expect([0, 120, 150, 151, 299, 301, 9000].map((us) => series.nearest(us, times))).toEqual([
    1, 1, 1, 3, 3, 4, 4,
  ]);
  expect(new Series().nearest(5, times)).toBe(-1);
});

test('stalls are found in the columns that nothing falls into', () => {
  // Columns of 10 ms: a wait before the first event, one of 20 ms, one of 300 ms.
  const times = [200_000, 220_000, 520_000];
  const look = (fromUs: number, toUs: number, least: number) =>
    stallsInColumns(
      columnEdges(3, (row) => times[row]!, { fromUs, toUs }, 60),
      times,
      3,
      { leastUs: 150_000, leastColumns: least },
    ).map(({ before, after }) => [before, after]);
  expect(look(0, 600_000, 5)).toEqual([
    [-1, 0],
    [1, 2],
  ]);
  expect(look(0, 600_000, 25)).toEqual([[1, 2]]);
  // Inside the long one: it goes on beyond both ends.
  expect(look(300_000, 400_000, 60)).toEqual([[1, 2]]);
  expect(look(530_000, 600_000, 1)).toEqual([]);
});
