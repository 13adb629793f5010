/** A piece of a long text: what stood there, and what the current event wrote into it. */
export interface TextPiece {
  before: string;
  now: string;
}

const PIECE = 16_384;

/**
 * Cuts a text into pieces of at most 16 Ki characters, at line ends where there are any, so that a
 * growing text changes only its last piece. Joined, the pieces are the text.
 */
export function piecesOf(text: string, writtenFrom: number): TextPiece[] {
  const pieces: TextPiece[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + PIECE);
    // Where the text goes on: a cut that depends on what comes later would move.
    if (end < text.length || end - start === PIECE) {
      const line = text.lastIndexOf('\n', end - 1);
      if (line > start) end = line + 1;
      else if (isHighSurrogate(text.charCodeAt(end - 1))) end--;
    }
    const cut = Math.max(start, Math.min(end, writtenFrom));
    pieces.push({ before: text.slice(start, cut), now: text.slice(cut, end) });
    start = end;
  }
  return pieces;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
