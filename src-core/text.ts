/**
 * UTF-8 in both directions. The core is compiled without DOM or Node types, so that it can't reach
 * for them by accident; the two encoding classes exist in every runtime it is meant for.
 */
interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
interface Encoder {
  encode(text: string): Uint8Array;
}
const runtime = globalThis as unknown as {
  TextDecoder: new (label: string, options?: { fatal?: boolean; ignoreBOM?: boolean }) => Decoder;
  TextEncoder: new () => Encoder;
};

// ignoreBOM: the stream's own leading BOM is dropped by the frame parser; a later one is data.
const lenient = new runtime.TextDecoder('utf-8', { ignoreBOM: true });
const strict = new runtime.TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new runtime.TextEncoder();

/** Decodes UTF-8; each ill-formed sequence becomes U+FFFD (WHATWG Encoding). */
export function decodeUtf8(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** True if the bytes are well-formed UTF-8. */
export function isWellFormedUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}
