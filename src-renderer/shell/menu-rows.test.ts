import { expect, test } from 'vitest';
import { menuRows, rowStartingWith } from './menu-rows.ts';

test('separators stand between entries only', () => {
  expect(menuRows(['separator', 'a', 'separator', 'separator', 'b', 'separator'])).toEqual([
    'a',
    'separator',
    'b',
  ]);
  expect(menuRows(['separator'])).toEqual([]);
});

test('a letter goes to the next entry that begins with it, and round the end', () => {
  const labels = ['Copy the data', 'Open', ' copy the frame'];
  expect(rowStartingWith(labels, 'c', 0)).toBe(2);
  expect(rowStartingWith(labels, 'C', 2)).toBe(0);
  expect(rowStartingWith(labels, 'o', 1)).toBe(1);
  expect(rowStartingWith(labels, 'o', -1)).toBe(1);
  expect(rowStartingWith(labels, 'x', 0)).toBeUndefined();
  expect(rowStartingWith([], 'x', -1)).toBeUndefined();
});
