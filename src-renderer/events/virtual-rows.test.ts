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

  // Of 100 rows 20 show: 10 to 29.
  const at = 10 * ROW_HEIGHT;
  const viewport = 20 * ROW_HEIGHT;

  test.each([
    ['with room around it is left where it is', 13, 10],
    ['with room around at the other end is left too', 26, 10],
    ['at the upper edge gets three rows above it', 10, 7],
    ['at the lower edge gets three rows below it', 29, 13],
    ['far above gets three rows above it', 6, 3],
    ['far below gets three rows below it', 60, 44],
    ['near the beginning gets the rows there are', 1, 0],
    ['near the end gets the rows there are', 98, 80],
  ])('a row %s: row %i', (_, row, firstShown) => {
    expect(scrollToRow(100, row, at, viewport)).toBe(firstShown * ROW_HEIGHT);
  });

  test('a step at the edge of the context moves the list by one row', () => {
    const first = scrollToRow(100, 60, at, viewport);
    expect(scrollToRow(100, 61, first, viewport)).toBe(first + ROW_HEIGHT);
    expect(scrollToRow(100, 59, first, viewport)).toBe(first);
  });

  test('a row that is pointed at, and shows, stays under the pointer', () => {
    expect(scrollToRow(100, 10, at, viewport, 0)).toBe(at);
    expect(scrollToRow(100, 9, at, viewport, 0)).toBe(9 * ROW_HEIGHT);
  });

  test('a low viewport shows the row itself before its context', () => {
    // Three rows and a half: there is room for one on both sides.
    expect(scrollToRow(100, 50, 0, 77)).toBe(52 * ROW_HEIGHT - 77);
    expect(scrollToRow(100, 50, 0, 10)).toBe(51 * ROW_HEIGHT - 10);
  });
});
