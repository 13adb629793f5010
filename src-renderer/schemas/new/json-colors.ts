/** A piece of a line of JSON, and what colours it. */
export interface Piece {
  text: string;
  kind: 'key' | 'string' | 'number' | 'word' | '';
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(\b(?:true|false|null)\b)/g;

/** A line of a JSON text that is laid out: no string in it goes on in the next line. */
export function colored(line: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(TOKEN)) {
    if (match.index > at) pieces.push({ text: line.slice(at, match.index), kind: '' });
    const [whole, string, colon, number] = match;
    if (string !== undefined) {
      pieces.push({ text: string, kind: colon === undefined ? 'string' : 'key' });
      if (colon) pieces.push({ text: colon, kind: '' });
    } else pieces.push({ text: whole, kind: number === undefined ? 'word' : 'number' });
    at = match.index + whole.length;
  }
  if (at < line.length) pieces.push({ text: line.slice(at), kind: '' });
  return pieces;
}
