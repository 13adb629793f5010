import { expect, test } from 'vitest';
import { bookmarkBeside, withBookmark } from './bookmarks.svelte.ts';

const three = [
  { seq: 2, note: '' },
  { seq: 8, note: 'the name ends' },
  { seq: 20, note: '' },
];

test('a bookmark is set, changed and taken away; the rest stays in its order', () => {
  expect(withBookmark(three, 5, 'new').map(({ seq }) => seq)).toEqual([2, 5, 8, 20]);
  expect(withBookmark(three, 8, 'other')[1]).toEqual({ seq: 8, note: 'other' });
  expect(withBookmark(three, 8, null).map(({ seq }) => seq)).toEqual([2, 20]);
  expect(withBookmark(three, 9, null)).toEqual(three);
});

test.each([
  [8, 1, 20],
  [8, -1, 2],
  [9, -1, 8],
  [20, 1, null],
  [2, -1, null],
  [0, 1, 2],
] as const)('from event %i in direction %i comes %s', (seq, direction, expected) => {
  expect(bookmarkBeside(three, seq, direction)).toBe(expected);
});
