import { expect, test } from 'vitest';
import { preciseMs } from './milliseconds.ts';

test.each([
  [0, '0'],
  [40, '0.04'],
  [3_214, '3.21'],
  [9_994, '9.99'],
  [9_996, '10.0'],
  [45_640, '45.6'],
  [99_949, '99.9'],
  [99_951, '100'],
  [1_204_400, '1,204'],
])('%i microseconds are %s', (us, expected) => {
  expect(preciseMs(us)).toBe(expected);
});
