/** What the first bytes of an image say. */
export interface ImageHeader {
  format: 'png' | 'jpeg' | 'webp' | 'gif';
  width: number;
  height: number;
}

/**
 * The format and the size in pixels of an image, by its own bytes; null for what is none of the four
 * formats, or is cut off before its size. (PNG, section 11.2.2; JPEG, ITU T.81 B.2.2; WebP container
 * specification; GIF89a, section 18.)
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const is = (at: number, text: string) =>
    at + text.length <= bytes.length &&
    [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0));
  if (is(0, '\x89PNG\r\n\x1a\n') && is(12, 'IHDR') && bytes.length >= 24)
    return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  if (is(0, 'GIF8') && bytes.length >= 10)
    return { format: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (is(0, 'RIFF') && is(8, 'WEBP')) {
    const size = webpSize(view, is);
    return size && { format: 'webp', ...size };
  }
  if (is(0, '\xff\xd8\xff')) {
    const size = jpegSize(view);
    return size && { format: 'jpeg', ...size };
  }
  return null;
}

type Size = { width: number; height: number };

function webpSize(view: DataView, is: (at: number, text: string) => boolean): Size | null {
  if (view.byteLength < 30) return null;
  if (is(12, 'VP8X')) {
    const of24 = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
    return { width: of24(24), height: of24(27) };
  }
  if (is(12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (!is(12, 'VP8 ')) return null;
  const of14 = (at: number) => view.getUint16(at, true) & 0x3fff;
  return { width: of14(26), height: of14(28) };
}

function jpegSize(view: DataView): Size | null {
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // A frame header, but for the three numbers in between that are none.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // Fill bytes may stand before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}
