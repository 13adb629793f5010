/** The entries of a menu as it draws them: no separator at an end or after another one. */
export function menuRows<Item>(items: readonly (Item | 'separator')[]): (Item | 'separator')[] {
  const rows: (Item | 'separator')[] = [];
  for (const item of items)
    if (item !== 'separator' || (rows.length > 0 && rows.at(-1) !== 'separator')) rows.push(item);
  if (rows.at(-1) === 'separator') rows.pop();
  return rows;
}

/**
 * The next entry after `at` whose label begins with a letter, round the end; undefined where none
 * does. So a letter pressed again goes on to the next one.
 */
export function rowStartingWith(
  labels: readonly string[],
  letter: string,
  at: number,
): number | undefined {
  for (let step = 1; step <= labels.length; step++) {
    const row = (at + step) % labels.length;
    if (labels[row]!.trimStart().toLowerCase().startsWith(letter.toLowerCase())) return row;
  }
  return undefined;
}
