import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestRows, spreadOf } from './spread.ts';

/** Nearest rank, as it is defined: the value in place ceil(p/100 * n) of the sorted ones. */
function nearestRank(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
}

describe('percentiles', () => {
  // Wikipedia, "Percentile", nearest-rank method, worked examples: 15 20 35 40 50, p50 = 35.
  test('of five values are those of the textbook example', () => {
    const spread = spreadOf(Float64Array.of(50, 15, 35, 20, 40))!;
    expect(spread.p50).toEqual({ value: 35, row: 2 });
    expect(spread.max).toEqual({ value: 50, row: 0 });
    expect(spread.count).toBe(5);
  });

  test('of one value are that value, of none are none', () => {
    const only = { value: 7, row: 0 };
    expect(spreadOf(Float64Array.of(7))).toEqual({
      count: 1,
      p50: only,
      p95: only,
      p99: only,
      max: only,
    });
    expect(spreadOf(new Float64Array(0))).toBeNull();
  });

  test('of two values are the smaller for the median, the larger above', () => {
    const spread = spreadOf(Float64Array.of(9, 4))!;
    expect([spread.p50.value, spread.p95.value]).toEqual([4, 9]);
  });

  test('of 1 to 100 are the percents themselves', () => {
    const values = Float64Array.from({ length: 100 }, (_, at) => ((at * 37) % 100) + 1);
    const { p50, p95, p99, max } = spreadOf(values)!;
    expect([p50, p95, p99, max].map(({ value }) => value)).toEqual([50, 95, 99, 100]);
    for (const { value, row } of [p50, p95, p99, max]) expect(values[row]).toBe(value);
  });

  test('equal those of the sorted values, and name the first row that has them', () => {
    const values = fc.array(fc.oneof(fc.nat(5), fc.nat(1_000_000)), { minLength: 1 });
    fc.assert(
      fc.property(values, (list) => {
        const before = Float64Array.from(list);
        const spread = spreadOf(before)!;
        for (const [percent, ranked] of [
          [50, spread.p50],
          [95, spread.p95],
          [99, spread.p99],
          [100, spread.max],
        ] as const) {
          const value = nearestRank(list, percent);
          expect(ranked).toEqual({ value, row: list.indexOf(value) });
        }
        // What is measured is not moved.
        expect([...before]).toEqual(list);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['ascending', (at: number) => at],
    ['descending', (at: number) => -at],
    ['all equal', () => 3],
    ['a mountain', (at: number) => Math.min(at, 20_000 - at)],
    ['mostly zero', (at: number) => (at % 50 === 0 ? at : 0)],
  ])('of 20,000 values, %s', (_name, valueAt) => {
    const values = Array.from({ length: 20_000 }, (_, at) => valueAt(at));
    const spread = spreadOf(Float64Array.from(values))!;
    expect([spread.p50.value, spread.p95.value, spread.p99.value, spread.max.value]).toEqual(
      [50, 95, 99, 100].map((percent) => nearestRank(values, percent)),
    );
  });
});

describe('the largest rows', () => {
  test('are in descending order, the earlier of equals first', () => {
    expect(largestRows(Float64Array.of(5, 9, 5, 1, 9, 5), 4)).toEqual([1, 4, 0, 2]);
    expect(largestRows(Float64Array.of(2, 3), 10)).toEqual([1, 0]);
    expect(largestRows(new Float64Array(0), 3)).toEqual([]);
  });

  test('are those of a full sort', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), fc.nat(12), (list, limit) => {
        const sorted = list
          .map((_, row) => row)
          .sort((a, b) => list[b]! - list[a]! || a - b)
          .slice(0, limit);
        expect(largestRows(Float64Array.from(list), limit)).toEqual(sorted);
      }),
    );
  });
});
