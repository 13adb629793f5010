const BLOCK = 16_384;

/**
 * Where a text is cut into blocks of at most 16 Ki characters, at line ends where there are any, so
 * that a growing text changes only its last block. The first cut is 0, the last is `length`.
 */
export function cutsOf(text: string, length: number): number[] {
  const cuts = [0];
  for (let start = 0; start < length;) {
    let end = Math.min(length, start + BLOCK);
    // Where the text goes on: a cut that depends on what comes later would move.
    if (end < length || end - start === BLOCK) {
      const line = text.lastIndexOf('\n', end - 1);
      if (line > start) end = line + 1;
      else if (isHighSurrogate(text.charCodeAt(end - 1))) end--;
    }
    cuts.push(end);
    start = end;
  }
  return cuts;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
