import { expect, it } from 'vitest';
import { diffRows, foldedRows } from './diff-rows.ts';

it('puts what both sides have into one row, up to the end of the line', () => {
  const rows = diffRows([
    { kind: 'same', text: 'one\ntwo ' },
    { kind: 'lost', text: 'cats' },
    { kind: 'inserted', text: 'dogs\nand birds' },
    { kind: 'same', text: '\nthree' },
  ]);
  const texts = rows.map(({ a, b }) => [a, b].map((side) => side.map(({ text }) => text).join('')));
  expect(texts).toEqual([
    ['one', 'one'],
    ['two cats', 'two dogs\nand birds'],
    ['three', 'three'],
  ]);
  expect(rows.map(({ isSame }) => isSame)).toEqual([true, false, true]);
});

it('folds equal rows, but for three around each that differs', () => {
  const lines = (count: number) => 'x\n'.repeat(count);
  const rows = diffRows([
    { kind: 'same', text: lines(10) },
    { kind: 'lost', text: 'gone' },
    { kind: 'same', text: `\n${lines(20)}` },
    { kind: 'inserted', text: 'new' },
  ]);
  const shape = foldedRows(rows).map((one) => ('folded' in one ? one.folded : one.at));
  expect(shape).toEqual([7, 7, 8, 9, 10, 11, 12, 13, 14, 28, 29, 30, 31]);
  expect(foldedRows(diffRows([{ kind: 'same', text: lines(4) }]))).toHaveLength(1);
});
