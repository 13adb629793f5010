/** What terminals draw two columns wide: East Asian wide and full-width characters, and emoji (UAX 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** A line of text cut to so many columns of a terminal, with an ellipsis where something is missing. */
export function cutToColumns(text: string, columns: number): string {
  // No character is narrower than a column, but for marks, which then are cut with what they stand on.
  if (text.length <= columns && !WIDE.test(text)) return text;
  let width = 0;
  let kept = 0;
  for (const character of text) {
    width += WIDE.test(character) ? 2 : 1;
    if (width > columns) return `${text.slice(0, kept)}…`;
    if (width < columns) kept += character.length;
  }
  return text;
}
