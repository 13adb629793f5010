import { patternPower } from '../schema-check/pattern.ts';
import type { CustomPattern } from './options.ts';
import type { Span } from './spans.ts';

/** Patterns of a person, and characters of each. */
export const MOST_PATTERNS = 100;
export const LONGEST_CUSTOM = 1000;

/**
 * The engine can't be stopped, so what it may cost is bounded before: `[power, window]`. An expression whose
 * time grows with a power of the text's length is given windows of so many characters, each begun in the
 * middle of the one before; a match may be half as long.
 */
const WINDOWS: readonly (readonly [power: number, window: number])[] = [
  [2, 8192],
  [3, 512],
  [4, 128],
];

/** Finds a pattern in a text. */
export type FindCustom = (text: string) => Span[];

/** A pattern that can be asked, or what is wrong with it, as a sentence. */
export function compiledPattern({ kind, pattern }: CustomPattern): FindCustom | string {
  const shown = pattern.length > 40 ? `${pattern.slice(0, 40)}…` : pattern;
  if (pattern === '') return 'An own pattern is empty.';
  if (pattern.length > LONGEST_CUSTOM)
    return `The pattern ${shown} is longer than ${LONGEST_CUSTOM} characters.`;
  if (kind === 'text') return (text) => occurrences(text, pattern);
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'gu');
  } catch (error) {
    return `The pattern ${shown} is no regular expression: ${error instanceof Error ? error.message : 'it can not be read'}`;
  }
  const power = patternPower(pattern);
  const window = WINDOWS.find(([most]) => power <= most)?.[1];
  if (window === undefined)
    return `The pattern ${shown} might take too long: repeat no group that repeats within itself, and use fewer repetitions.`;
  return (text) => matches(text, expression, window);
}

function occurrences(text: string, needle: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length))
    found.push({ from: at, to: at + needle.length, class: 'custom' });
  return found;
}

function matches(text: string, expression: RegExp, window: number): Span[] {
  const found: Span[] = [];
  let done = 0;
  for (let start = 0; start === 0 || start + window / 2 < text.length; start += window / 2) {
    const part = text.slice(start, start + window);
    const isLast = start + window >= text.length;
    expression.lastIndex = 0;
    for (let match = next(expression, part); match; match = next(expression, part)) {
      if (match[0] === '') {
        // An empty match is nothing to strike out, and would be found for ever.
        expression.lastIndex++;
        continue;
      }
      // What begins in the second half is found whole by the next window.
      if (!isLast && match.index >= window / 2) break;
      const from = Math.max(done, start + match.index);
      const to = start + match.index + match[0].length;
      if (to > from) found.push({ from, to, class: 'custom' });
      done = Math.max(done, to);
    }
    if (isLast) break;
  }
  return found;
}

function next(expression: RegExp, text: string): RegExpExecArray | null {
  try {
    return expression.exec(text);
  } catch {
    // The engine gives up where backtracking exhausts its stack: that is no match.
    return null;
  }
}
