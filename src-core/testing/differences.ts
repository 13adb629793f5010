import { expect } from 'vitest';
import { isObject, type JsonValue } from '../json.ts';

/**
 * The places where two values differ, as `a.0.b`. A member that is null counts as one that is not there:
 * accumulators disagree about it, and it says the same.
 */
export function differences(one: unknown, other: unknown): string[] {
  const found: string[] = [];
  compare(one as JsonValue | undefined, other as JsonValue | undefined, '', found);
  return found.sort();
}

/** What differs is what the table of this recording explains: nothing more and nothing less. */
export function expectReviewed(
  one: unknown,
  other: unknown,
  reviewed: Readonly<Record<string, string>> | undefined,
): void {
  expect(differences(one, other)).toEqual(Object.keys(reviewed ?? {}).sort());
}

function compare(
  one: JsonValue | undefined,
  other: JsonValue | undefined,
  path: string,
  found: string[],
): void {
  if ((one ?? null) === (other ?? null)) return;
  const at = (key: string | number): string => (path === '' ? String(key) : `${path}.${key}`);
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    one.forEach((value, index) => compare(value, other[index], at(index), found));
  } else if (isObject(one) && isObject(other)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      compare(one[key], other[key], at(key), found);
  } else found.push(path);
}
