/** A reference token of a JSON pointer, escaped (RFC 6901, section 3). */
export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapeKey(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The reference tokens of a JSON pointer, unescaped; null if it is none. */
export function keysOfPointer(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  return pointer.slice(1).split('/').map(unescapeKey);
}

/** The position that a reference token names in an array; -1 if it names none. */
export function arrayIndexOf(key: string): number {
  return /^(?:0|[1-9][0-9]*)$/.test(key) ? Number(key) : -1;
}
