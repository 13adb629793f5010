/**
 * What would not be seen, or would turn or break a line: control characters, line and paragraph
 * separators, marks and embeddings of direction, characters without width, lone surrogates.
 */
const HIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text in one line with what hides in it written as escapes of JSON: `\n`, `\u202e`. */
export function shownText(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    if (escaped !== character) return escaped;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A name as a list shows it: in quotes where it would otherwise not be seen, or not as what it is. */
export function shownName(name: string): string {
  const shown = shownText(name);
  return shown !== name || name.trim() !== name || name === '' ? `"${shown}"` : name;
}
