/** A column of a table: `right` for numbers. */
export interface Column {
  title: string;
  align?: 'left' | 'right';
}

/**
 * Rows as lines of aligned columns, the titles first. Widths are those of the text: one column a
 * UTF-16 unit, which is right for what is in our tables but for wide characters.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, at) =>
    all.reduce((widest, row) => Math.max(widest, row[at]!.length), 0),
  );
  return all.map((row) =>
    row
      .map((cell, at) =>
        columns[at]!.align === 'right' ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!),
      )
      .join('  ')
      .trimEnd(),
  );
}
