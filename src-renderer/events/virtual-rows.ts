/** Rows of the event list in CSS pixels; lists with other rows say theirs. */
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
function scaleOf(rows: number, viewport: number, rowHeight: number): number {
  const full = rows * rowHeight;
  return full <= MAX_HEIGHT ? 1 : (full - viewport) / (MAX_HEIGHT - viewport);
}

/** Which rows to draw at a scroll position. */
export function windowAt(
  rows: number,
  scrollTop: number,
  viewport: number,
  rowHeight = ROW_HEIGHT,
): VirtualWindow {
  const offset = Math.max(0, scrollTop) * scaleOf(rows, viewport, rowHeight);
  const first = Math.max(0, Math.min(rows, Math.floor(offset / rowHeight)) - OVERSCAN);
  const last = Math.min(rows, Math.ceil((offset + viewport) / rowHeight) + OVERSCAN);
  return {
    first,
    count: Math.max(0, last - first),
    top: Math.max(0, scrollTop) + first * rowHeight - offset,
    height: Math.min(rows * rowHeight, MAX_HEIGHT),
  };
}

/** Rows that stay in sight above and below the one that is gone to. */
const CONTEXT = 3;

/**
 * The scroll position, as near to the present one as can be, that shows a row with so many rows of
 * context on both sides: fewer where the list ends, or where the viewport has no room for them.
 */
export function scrollToRow(
  rows: number,
  row: number,
  scrollTop: number,
  viewport: number,
  context = CONTEXT,
  rowHeight = ROW_HEIGHT,
): number {
  const scale = scaleOf(rows, viewport, rowHeight);
  const offset = scrollTop * scale;
  const room = Math.max(0, Math.floor((viewport / rowHeight - 1) / 2));
  const around = Math.min(context, room);
  const top = Math.max(0, row - around) * rowHeight;
  const bottom = Math.min(rows, row + around + 1) * rowHeight;
  if (top < offset) return top / scale;
  if (bottom > offset + viewport) return (bottom - viewport) / scale;
  return scrollTop;
}
