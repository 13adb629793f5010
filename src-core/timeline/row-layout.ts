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
