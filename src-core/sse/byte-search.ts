const LF = 10;

/** The index of `byte` in `bytes` from `from` on, or the length. */
export function indexOfByte(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}

/** 3 after a BOM, 0 where there is none, -1 while too few bytes are known. */
export function bomLength(bytes: Uint8Array): number {
  const bom = [0xef, 0xbb, 0xbf];
  for (let index = 0; index < 3; index++) {
    if (index >= bytes.length) return -1;
    if (bytes[index] !== bom[index]) return 0;
  }
  return 3;
}

/** Where the first LF LF of a chunk ends, or the chunk's length. */
export function endOfFirstBlock(chunk: Uint8Array): number {
  let at = chunk.indexOf(LF);
  while (at >= 0) {
    if (chunk[at + 1] === LF) return at + 2;
    at = chunk.indexOf(LF, at + 1);
  }
  return chunk.length;
}
