import { expect, test } from 'vitest';
import { ticks } from './axis.ts';

test.each([
  [0, 552_000, 1300, ['0 ms', '50 ms', '100 ms']],
  [0, 9_400_000, 1000, ['0 s', '1 s', '2 s']],
  [0, 2_000_000, 1000, ['0 ms', '200 ms', '400 ms', '600 ms', '800 ms', '1.0 s', '1.2 s']],
  [0, 3_000, 1000, ['0.0 ms', '0.5 ms', '1.0 ms']],
  // Zoomed: as many digits as tell neighbours apart, and no more.
  [318_000, 319_000, 1000, ['318.0 ms', '318.1 ms', '318.2 ms']],
  [318_000, 318_100, 1000, ['318.00 ms', '318.01 ms', '318.02 ms']],
  [318_020, 318_040, 1000, ['318.020 ms', '318.022 ms', '318.024 ms']],
  [40, 60, 1000, ['40 µs', '42 µs', '44 µs']],
  [12_340_000, 12_400_000, 1000, ['12.34 s', '12.35 s', '12.36 s']],
  [1_234_000, 1_294_000, 1000, ['1,240 ms', '1,250 ms', '1,260 ms']],
] as const)('%i to %i us over %i px', (from, to, width, labels) => {
  expect(
    ticks(from, to, width)
      .slice(0, labels.length)
      .map((tick) => tick.label),
  ).toEqual(labels);
});

test('never crowds, never repeats a label, and has none for an empty span', () => {
  for (const from of [0, 3, 17_000, 123_456_789])
    for (const span of [1, 17, 900, 123_456, 60_000_000, 3_600_000_000])
      for (const width of [100, 640, 1900]) {
        const labels = ticks(from, from + span, width).map(({ label }) => label);
        expect(labels.length).toBeLessThanOrEqual(width / 90 + 1);
        expect(new Set(labels).size).toBe(labels.length);
      }
  expect(ticks(5, 5, 100)).toEqual([]);
});
