import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsToDraw } from './decimate.ts';

test('of each pixel column the lowest and the highest row stay', () => {
  const x = [0, 1, 2, 3, 10, 11, 12, 19];
  const values = [5, 9, 1, 5, 4, 4, 4, 7];
  const draw = { from: 0, to: 20, columns: 2 };
  expect(rowsToDraw((row) => x[row]!, values, draw)).toEqual([1, 2, 4, 7]);
});

test('what lies outside is left out, and the right edge is inside', () => {
  const draw = { from: 1, to: 3, columns: 10 };
  expect(rowsToDraw((row) => row, [0, 0, 0, 0, 0], draw)).toEqual([1, 2, 3]);
  expect(rowsToDraw((row) => row, [], draw)).toEqual([]);
  expect(rowsToDraw(() => 5, [3, 1, 2], { from: 5, to: 5, columns: 100 })).toEqual([0, 1]);
});

test('no peak is lost, and at most two rows stay a column', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 1 }),
      fc.integer({ min: 1, max: 20 }),
      (values, columns) => {
        const to = values.length - 1;
        const rows = rowsToDraw((row) => row, values, { from: 0, to, columns });
        expect(rows.length).toBeLessThanOrEqual(2 * columns);
        expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
        const drawn = rows.map((row) => values[row]!);
        expect(Math.max(...drawn)).toBe(Math.max(...values));
        expect(Math.min(...drawn)).toBe(Math.min(...values));
      },
    ),
  );
});
