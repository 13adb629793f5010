import { hasFormat } from '../schema-check/format.ts';

/** In the order in which they are tried: what is more special comes first. */
const FORMATS = ['uuid', 'date-time', 'date', 'time', 'email', 'ipv4', 'ipv6', 'duration'] as const;

/** The format that all strings have for certain; null where there is none. */
export function formatOf(values: readonly string[]): string | null {
  return (
    FORMATS.find((format) => values.every((value) => hasFormat(format, value) === true)) ?? null
  );
}

const MOST_VALUES = 12;
const FEWEST_SEEN = 4;
const LONGEST = 40;

/** The values, in order of appearance, of strings that are few and come again; null for others. */
export function enumOf(values: readonly string[]): string[] | null {
  if (values.length < FEWEST_SEEN) return null;
  const seen = new Set<string>();
  for (const value of values) {
    if (value.length > LONGEST || value === '') return null;
    if (seen.add(value).size > MOST_VALUES) return null;
  }
  // A single value that never changes is a constant of the examples, not of what they are of.
  return seen.size > 1 && seen.size * 2 <= values.length ? [...seen] : null;
}
