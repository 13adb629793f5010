import { describe, expect, test } from 'vitest';
import {
  columnAt,
  layOutRows,
  layOutStrip,
  placeAt,
  ROW_HEIGHTS,
  usAt,
  xOf,
} from './strip-layout.ts';

describe('rows', () => {
  test('share the height as long as they can be read', () => {
    expect(layOutRows(3, 66, 0)).toMatchObject({ rowHeight: 22, first: 0, end: 3 });
    expect(layOutRows(1, 200, 0).rowHeight).toBe(ROW_HEIGHTS.most);
  });

  test('that do not fit are scrolled, and only those that show are drawn', () => {
    const { rowHeight, contentHeight, first, end } = layOutRows(500, 90, 1502);
    expect(rowHeight).toBe(ROW_HEIGHTS.least);
    expect(contentHeight).toBe(500 * ROW_HEIGHTS.least);
    expect([first, end]).toEqual([100, 107]);
    const last = layOutRows(500, 90, 1e9);
    expect(last.scrollTop).toBe(contentHeight - 90);
    expect(last.end).toBe(500);
  });
});

describe('the strip', () => {
  const given = { width: 616, height: 120, tracks: 3, scrollTop: 0 };
  const full = layOutStrip({ ...given, hasMarks: true, hasChunks: true });
  const bare = layOutStrip({ ...given, hasMarks: false, hasChunks: false });

  test('has its parts one below the other, and none for what there is not', () => {
    const { ruler, marks, chunks, tracks } = full;
    expect([marks.top, chunks.top, tracks.top]).toEqual([
      ruler.height,
      ruler.height + marks.height,
      ruler.height + marks.height + chunks.height,
    ]);
    expect(bare.tracks.top).toBe(ruler.height);
    expect(bare.tracks.height).toBeGreaterThan(tracks.height);
  });

  test('says what is at a place', () => {
    expect(placeAt(full, 3)).toEqual({ part: 'ruler' });
    expect(placeAt(full, full.marks.top)).toEqual({ part: 'marks' });
    expect(placeAt(full, full.chunks.top)).toEqual({ part: 'chunks' });
    expect(placeAt(full, full.tracks.top)).toEqual({ part: 'track', row: 0 });
    expect(placeAt(full, full.tracks.top + 2 * full.rows.rowHeight)).toEqual({
      part: 'track',
      row: 2,
    });
    expect(placeAt(bare, bare.tracks.top + 3 * bare.rows.rowHeight)).toEqual({ part: 'nothing' });
    const scrolled = layOutStrip({
      ...given,
      tracks: 200,
      hasMarks: false,
      hasChunks: false,
      scrollTop: 150,
    });
    expect(placeAt(scrolled, scrolled.tracks.top)).toEqual({ part: 'track', row: 10 });
  });

  test('turns times into places and back', () => {
    const window = { fromUs: 1000, toUs: 61_000 };
    expect(full.columns).toBe(600);
    expect(xOf(full, window, 1000)).toBe(full.left);
    expect(xOf(full, window, 61_000)).toBe(full.left + 600);
    expect(xOf(full, window, 31_000)).toBe(full.left + 300);
    expect(usAt(full, window, full.left + 300)).toBe(31_000);
    expect(usAt(full, window, full.left - 10)).toBe(0);
    expect([0, full.left + 12.7, 5000].map((x) => columnAt(full, x))).toEqual([0, 12, 599]);
  });
});
