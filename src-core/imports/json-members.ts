/** A member of a JSON text whose value is a string: both as written, without quotes and with their escapes. */
export interface StringMember {
  name: string;
  value: string;
  /** Where `value` stands in the text. */
  start: number;
  end: number;
}

/**
 * The members with strings as values, however deep, in the order of the text. Nothing is parsed, so that a
 * text that is cut or damaged gives what it has, and any depth is read.
 */
export function* stringMembers(text: string): Generator<StringMember> {
  let at = text.indexOf('"');
  while (at >= 0) {
    const end = endOfString(text, at);
    const colon = afterSpace(text, end + 1);
    const start = text[colon] === ':' ? afterSpace(text, colon + 1) : -1;
    if (start >= 0 && text[start] === '"') {
      const valueEnd = endOfString(text, start);
      const name = text.slice(at + 1, end);
      yield { name, value: text.slice(start + 1, valueEnd), start: start + 1, end: valueEnd };
      at = text.indexOf('"', valueEnd + 1);
    } else at = text.indexOf('"', end + 1);
  }
}

/** @returns where the string's closing quote stands, the text's end where it has none */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at++;
  }
  return text.length;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  return at;
}
