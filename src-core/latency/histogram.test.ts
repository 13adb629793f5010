import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GapHistogram } from './histogram.ts';

test.each([
  [0, 0],
  [1, Number.MIN_VALUE],
  [99, Number.MIN_VALUE],
  [100, 100],
  [199, 100],
  [200, 200],
  [499_999, 200_000],
  [500_000, 500_000],
  [99_999_999, 50_000_000],
  [100_000_000, 100_000_000],
  [1e12, 100_000_000],
])('a gap of %i microseconds is in the bucket from %d on', (us, fromUs) => {
  const histogram = new GapHistogram();
  histogram.add(us, 7);
  expect(histogram.buckets()).toEqual([
    expect.objectContaining({ fromUs, count: 1, longestUs: us, longestSeq: 7 }),
  ]);
});

test('every gap is in one bucket, between its edges', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200_000_000), { minLength: 1 }), (gaps) => {
      const histogram = new GapHistogram();
      gaps.forEach((us, seq) => histogram.add(us, seq));
      const buckets = histogram.buckets();
      for (const { fromUs, toUs, count, longestUs, longestSeq } of buckets) {
        const own = gaps.filter((us) => us >= fromUs && us < toUs);
        expect(own).toHaveLength(count);
        if (count === 0) continue;
        expect(longestUs).toBe(Math.max(...own));
        expect(longestSeq).toBe(gaps.indexOf(longestUs));
      }
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(gaps.length);
      buckets.slice(1).forEach(({ fromUs }, at) => expect(fromUs).toBe(buckets[at]!.toUs));
    }),
  );
});
