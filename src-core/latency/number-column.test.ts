import { expect, test } from 'vitest';
import { NumberColumn } from './number-column.ts';

test.each([0, 1, 31, 32, 33, 64, 16_383, 16_384, 16_385, 40_000])(
  'a column of %i numbers gives them back',
  (count) => {
    const column = new NumberColumn(Float64Array);
    for (let row = 0; row < count; row++) column.push(row * 1.5);
    const expected = Array.from({ length: count }, (_, row) => row * 1.5);
    expect(column.length).toBe(count);
    expect([...column.values()]).toEqual(expected);
    expect(expected.every((value, row) => column.at(row) === value)).toBe(true);
  },
);

test('the last number can be counted up', () => {
  const column = new NumberColumn(Uint32Array);
  for (let row = 0; row <= 16_384; row++) {
    column.push(1);
    column.addToLast(row);
  }
  expect([column.at(0), column.at(32), column.at(16_383), column.at(16_384)]).toEqual([
    1, 33, 16_384, 16_385,
  ]);
});
