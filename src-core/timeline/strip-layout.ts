import { spanOf, type TimeWindow } from './time-window.ts';

/** Rows of one height that may be more than fit. */
export interface RowLayout {
  readonly rowHeight: number;
  /** Of all rows. */
  readonly contentHeight: number;
  /** How far they are scrolled, kept within what there is. */
  readonly scrollTop: number;
  /** The rows that show, some of them in part: `first` to `end - 1`. */
  readonly first: number;
  readonly end: number;
}

/** Rows are as high as there is room for, between these pixels. */
export const ROW_HEIGHTS = { least: 15, most: 26 };

/** Only rows that show are drawn, so the number of tracks costs nothing. */
export function layOutRows(rows: number, height: number, scrollTop: number): RowLayout {
  const { least, most } = ROW_HEIGHTS;
  const rowHeight = Math.min(most, Math.max(least, Math.floor(height / Math.max(1, rows))));
  const contentHeight = rows * rowHeight;
  const top = Math.min(Math.max(0, scrollTop), Math.max(0, contentHeight - height));
  const first = Math.floor(top / rowHeight);
  const end = Math.min(rows, Math.ceil((top + height) / rowHeight));
  return { rowHeight, contentHeight, scrollTop: top, first, end };
}

/** A band across the strip, in CSS pixels. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

/** Where the parts of the strip are, from the top: ruler, marks, chunks, tracks. */
export interface StripLayout {
  readonly width: number;
  readonly height: number;
  /** Pixel columns of time, and where the first one is: at both ends there is some room. */
  readonly columns: number;
  readonly left: number;
  readonly ruler: Band;
  /** Of no height where there are none. */
  readonly marks: Band;
  readonly chunks: Band;
  readonly tracks: Band;
  readonly rows: RowLayout;
}

const RULER = 22;
const MARKS = 14;
const CHUNKS = 13;
/** Room at both ends of the time, and below the tracks for the overview. */
const SIDE = 8;
const BELOW = 7;

export function layOutStrip(given: {
  width: number;
  height: number;
  tracks: number;
  hasMarks: boolean;
  hasChunks: boolean;
  scrollTop: number;
}): StripLayout {
  const { width, height } = given;
  const marks = { top: RULER, height: given.hasMarks ? MARKS : 0 };
  const chunks = { top: marks.top + marks.height, height: given.hasChunks ? CHUNKS : 0 };
  const top = chunks.top + chunks.height;
  const tracks = { top, height: Math.max(0, height - top - BELOW) };
  return {
    width,
    height,
    columns: Math.max(1, Math.floor(width) - 2 * SIDE),
    left: SIDE,
    ruler: { top: 0, height: RULER },
    marks,
    chunks,
    tracks,
    rows: layOutRows(given.tracks, tracks.height, given.scrollTop),
  };
}

/** Where a time is, in pixels from the left; beyond the strip where the window does not hold it. */
export function xOf({ left, columns }: StripLayout, { fromUs, toUs }: TimeWindow, us: number) {
  return left + ((us - fromUs) / Math.max(1, toUs - fromUs)) * columns;
}

/** The time at a place; beyond the window where the place is. */
export function usAt({ left, columns }: StripLayout, window: TimeWindow, x: number): number {
  return window.fromUs + ((x - left) / columns) * spanOf(window);
}

/** The pixel column at a place, the first or last one beyond them. */
export function columnAt({ left, columns }: StripLayout, x: number): number {
  return Math.min(columns - 1, Math.max(0, Math.floor(x - left)));
}

/** What is at a height: a row of the tracks, or another part. */
export function placeAt(
  { ruler, marks, chunks, rows, tracks }: StripLayout,
  y: number,
): { part: 'ruler' | 'marks' | 'chunks' | 'nothing' } | { part: 'track'; row: number } {
  if (y < ruler.height) return { part: 'ruler' };
  if (y < marks.top + marks.height) return { part: 'marks' };
  if (y < chunks.top + chunks.height) return { part: 'chunks' };
  const row = Math.floor((y - tracks.top + rows.scrollTop) / rows.rowHeight);
  return row < rows.end && row >= rows.first ? { part: 'track', row } : { part: 'nothing' };
}
