/** Rows of the event list in CSS pixels. */
export const ROW_HEIGHT = 22;

/** Chromium caps an element's height at 33,554,428 px, half of that at twice the pixel ratio. */
const MAX_HEIGHT = 15_000_000;
const OVERSCAN = 6;

export interface VirtualWindow {
  /** The first row to draw, and how many. */
  first: number;
  count: number;
  /** Where the first row stands, from the top of the scrolled content. */
  top: number;
  /** The height of the scrolled content. */
  height: number;
}

/** How many pixels of rows one pixel of scrolling moves: 1 unless there are very many rows. */
function scaleOf(rows: number, viewport: number): number {
  const full = rows * ROW_HEIGHT;
  return full <= MAX_HEIGHT ? 1 : (full - viewport) / (MAX_HEIGHT - viewport);
}

/** Which rows to draw at a scroll position. */
export function windowAt(rows: number, scrollTop: number, viewport: number): VirtualWindow {
  const offset = Math.max(0, scrollTop) * scaleOf(rows, viewport);
  const first = Math.max(0, Math.min(rows, Math.floor(offset / ROW_HEIGHT)) - OVERSCAN);
  const last = Math.min(rows, Math.ceil((offset + viewport) / ROW_HEIGHT) + OVERSCAN);
  return {
    first,
    count: Math.max(0, last - first),
    top: Math.max(0, scrollTop) + first * ROW_HEIGHT - offset,
    height: Math.min(rows * ROW_HEIGHT, MAX_HEIGHT),
  };
}

/**
 * The scroll position that shows a row, as near to the present one as can be.
 */
export function scrollToRow(
  rows: number,
  row: number,
  scrollTop: number,
  viewport: number,
): number {
  const scale = scaleOf(rows, viewport);
  const offset = scrollTop * scale;
  const top = row * ROW_HEIGHT;
  if (top < offset) return top / scale;
  if (top + ROW_HEIGHT > offset + viewport) return (top + ROW_HEIGHT - viewport) / scale;
  return scrollTop;
}
