/** Rows of a column to draw, ascending. */
export type Rows = number[];

/**
 * The rows that a plot of `columns` pixels has to draw: of those that fall on one pixel column the
 * lowest and the highest, so that no peak is lost and no pixel is drawn a thousand times.
 *
 * @param x ascending, `count` of them; those outside `from..to` are left out
 */
export function rowsToDraw(
  x: (row: number) => number,
  values: ArrayLike<number>,
  { from, to, columns }: { from: number; to: number; columns: number },
): Rows {
  const rows: Rows = [];
  const scale = to > from ? columns / (to - from) : 0;
  let column = -1;
  let low = 0;
  let high = 0;
  const flush = () => {
    if (column < 0) return;
    rows.push(Math.min(low, high));
    if (low !== high) rows.push(Math.max(low, high));
  };
  for (let row = 0; row < values.length; row++) {
    const at = x(row);
    if (at < from || at > to) continue;
    const own = Math.min(columns - 1, Math.floor((at - from) * scale));
    if (own !== column) {
      flush();
      column = own;
      low = high = row;
    } else if (values[row]! < values[low]!) low = row;
    else if (values[row]! > values[high]!) high = row;
  }
  flush();
  return rows;
}
