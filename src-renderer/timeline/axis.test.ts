import { expect, test } from 'vitest';
import { ticks } from './axis.ts';

test.each([
  [0, 552_000, 1300, ['0 ms', '50 ms', '100 ms']],
  [0, 9_400_000, 1000, ['0 s', '1 s', '2 s']],
  [0, 2_000_000, 1000, ['0 ms', '200 ms', '400 ms', '600 ms', '800 ms', '1.0 s', '1.2 s']],
  [0, 3_000, 1000, ['0.0 ms', '0.5 ms', '1.0 ms']],
] as const)('%i to %i us over %i px', (from, to, width, labels) => {
  expect(
    ticks(from, to, width)
      .slice(0, labels.length)
      .map((tick) => tick.label),
  ).toEqual(labels);
});

test('never crowds, and has none for an empty span', () => {
  for (const span of [1, 17, 900, 123_456, 60_000_000, 3_600_000_000])
    for (const width of [100, 640, 1900])
      expect(ticks(0, span, width).length).toBeLessThanOrEqual(width / 90 + 1);
  expect(ticks(5, 5, 100)).toEqual([]);
});
