export interface HexLine {
  /** Offset in the body, eight hexadecimal digits. */
  offset: string;
  /** Sixteen bytes in two groups. */
  hex: string;
  /** The same bytes as ASCII, a dot for what is none. */
  text: string;
}

/** Bytes as a hex dump, sixteen a line. */
export function hexLines(bytes: Uint8Array, offset: number, limit: number): HexLine[] {
  const lines: HexLine[] = [];
  const end = Math.min(bytes.length, limit);
  for (let at = 0; at < end; at += 16) {
    const row = [...bytes.subarray(at, Math.min(at + 16, end))];
    const pairs = row.map((byte) => byte.toString(16).padStart(2, '0'));
    lines.push({
      offset: (offset + at).toString(16).padStart(8, '0'),
      hex: `${pairs.slice(0, 8).join(' ').padEnd(23)}  ${pairs.slice(8).join(' ').padEnd(23)}`,
      text: row
        .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
        .join(''),
    });
  }
  return lines;
}
