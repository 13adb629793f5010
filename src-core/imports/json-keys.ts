/**
 * The keys of the first object of a JSON text (of the first element, where it is an array), each with the
 * keys of its value where that is an object. The text may end anywhere: keys up to there are given.
 */
export function topKeys(text: string): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  /** Containers that are open: whether each is an object. */
  const open: boolean[] = [];
  let top = -1;
  let inner: Set<string> | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '{' || character === '[') {
      open.push(character === '{');
      if (top < 0 && character === '{') top = open.length;
      // Deeper than an array of objects, the first object is none of a list of entries.
      if (top < 0 && open.length > 1) return keys;
    } else if (character === '}' || character === ']') {
      open.pop();
      if (top >= 0 && open.length < top) return keys;
    } else if (character === '"') {
      const end = endOfString(text, at);
      if (end < 0) return keys;
      const isKey = /^\s*:/.test(text.slice(end + 1, end + 32));
      if (isKey && open.length === top) {
        inner = new Set();
        keys.set(text.slice(at + 1, end), inner);
      } else if (isKey && open.length === top + 1 && open[top]) inner?.add(text.slice(at + 1, end));
      at = end;
    }
  }
  return keys;
}

/** The closing quote of the string that begins at `start`; -1 where the text ends in it. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}
