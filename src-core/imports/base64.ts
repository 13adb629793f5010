const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (let index = 0; index < 64; index++) VALUES[ALPHABET.charCodeAt(index)] = index;
// The alphabet for URLs (RFC 4648, section 5).
VALUES[45] = 62;
VALUES[95] = 63;

/**
 * The bytes of a base64 text (RFC 4648), of either alphabet; white space and padding are skipped.
 * @returns null where another character stands in it
 */
export function bytesOfBase64(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 61 || code === 32 || (code >= 9 && code <= 13)) continue;
    const value = code < 128 ? VALUES[code]! : -1;
    if (value < 0) return null;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (held >> bits) & 255;
    held &= (1 << bits) - 1;
  }
  return bytes.subarray(0, length);
}

/** Bytes as base64 with padding (RFC 4648, section 4). */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    text += ALPHABET[a >> 2]! + ALPHABET[((a & 3) << 4) | ((b ?? 0) >> 4)]!;
    text += b === undefined ? '=' : ALPHABET[((b & 15) << 2) | ((c ?? 0) >> 6)]!;
    text += c === undefined ? '=' : ALPHABET[c & 63]!;
  }
  return text;
}
