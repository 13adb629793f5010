import { describe, expect, test } from 'vitest';
import { ROW_HEIGHT, scrollToRow, windowAt } from './virtual-rows.ts';

describe('the drawn rows', () => {
  test('cover the viewport and little more', () => {
    const { first, count, top, height } = windowAt(50_000, 22_000, 440);
    expect(height).toBe(50_000 * ROW_HEIGHT);
    expect(first).toBeLessThanOrEqual(1000);
    expect(first + count).toBeGreaterThanOrEqual(1020);
    expect(count).toBeLessThan(40);
    expect(top).toBe(first * ROW_HEIGHT);
  });

  test('reach the last of five million rows within the height a browser allows', () => {
    const rows = 5_000_000;
    const viewport = 700;
    const { height } = windowAt(rows, 0, viewport);
    const end = windowAt(rows, height - viewport, viewport);
    expect(end.first + end.count).toBe(rows);
    // The last row ends where the content does.
    expect(end.top + end.count * ROW_HEIGHT).toBeCloseTo(height, 3);
  });

  test.each([0, 1, 777, 2_500_000, 4_999_999])(
    'row %i of five million can be scrolled to',
    (row) => {
      const rows = 5_000_000;
      const at = scrollToRow(rows, row, 3_000_000, 700);
      const { first, count, top } = windowAt(rows, at, 700);
      expect(row).toBeGreaterThanOrEqual(first);
      expect(row).toBeLessThan(first + count);
      const y = top + (row - first) * ROW_HEIGHT - at;
      expect(y).toBeGreaterThanOrEqual(-0.01);
      expect(y + ROW_HEIGHT).toBeLessThanOrEqual(700.01);
    },
  );

  test('a row that shows is left where it is', () => {
    expect(scrollToRow(100, 5, 50, 400)).toBe(50);
  });
});
