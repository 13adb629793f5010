import type { TextPattern } from './syntax.ts';

/** How far back of an event's own characters a match of a regular expression may begin. */
export const REGEX_REACH = 1000;

export type TextTest = (text: string) => boolean;

/** Whether a whole name is what a glob describes: `*` stands for anything, case for nothing. */
export function globTest(glob: string, optionalPrefix = ''): TextTest {
  const source = glob.split(/\*+/).map(escaped).join('.*');
  const prefix = optionalPrefix === '' ? '' : `(?:${escaped(optionalPrefix)})?`;
  const whole = new RegExp(`^${prefix}${source}$`, 'is');
  return (name) => whole.test(name);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether a text holds a pattern. */
export function patternTest(pattern: TextPattern): TextTest {
  if (pattern.kind === 'needle') {
    const needle = pattern.needle.toLowerCase();
    return (text) => text.toLowerCase().includes(needle);
  }
  const regex = new RegExp(pattern.source, pattern.flags);
  return (text) => {
    try {
      return regex.test(text);
    } catch {
      // The engine gives up where backtracking exhausts its stack: that is no match.
      return false;
    }
  };
}
