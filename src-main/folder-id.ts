import { randomInt } from 'node:crypto';

const PATTERN = /^[A-Za-z0-9_-]{1,80}$/;
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id such as `20261122-160530-k3f9`: sorts by time (UTC), and is a folder name everywhere. */
export function newFolderId(now: Date): string {
  const stamp = now
    .toISOString()
    .replace(/[-:]|\.\d+Z/g, '')
    .replace('T', '-');
  let suffix = '';
  for (let index = 0; index < 4; index++) suffix += DIGITS[randomInt(DIGITS.length)];
  return `${stamp}-${suffix}`;
}

/** True for what may name the folder of a capture or a schema: no separators, no dots, so no path escapes. */
export function isFolderId(id: string): boolean {
  return PATTERN.test(id);
}
