/**
 * The bytes of a base64 text (RFC 4648, section 4), as far as it is one: up to the first character
 * that is none, and without the last few that make no whole byte.
 * @param limit characters that are read at most
 */
export function bytesOfBase64(text: string, limit = text.length): Uint8Array<ArrayBuffer> {
  const digits = /^[A-Za-z0-9+/]*/.exec(text.slice(0, limit))![0];
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  const characters = atob(whole);
  // Much quicker than `Uint8Array.from` with a function.
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

/** Whether all of a text is base64, padded or not. */
export function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
