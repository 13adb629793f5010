import { expect, test } from 'vitest';
import { cutToColumns } from './text-width.ts';

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['東京都', 6, '東京都'],
  ['東京都', 5, '東京…'],
  ['東京都', 4, '東…'],
  ['a😀b', 4, 'a😀b'],
  ['a😀b', 3, 'a…'],
])('%j in %i columns is %j', (text, columns, cut) => {
  expect(cutToColumns(text, columns)).toBe(cut);
});
