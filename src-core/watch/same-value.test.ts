import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../json.ts';
import { diffJson } from '../diff-json.ts';
import { isSame } from './same-value.ts';

const values = fc.jsonValue({ maxDepth: 3 }).map((value) => value as JsonValue);

test('values are the same exactly where a deep comparison says so', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      // -0 is no JSON value of its own: it prints as 0.
      const [a, b] = [one, other].map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
      expect(isSame(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(isSame(a, structuredClone(a))).toBe(true);
      expect(diffJson(a, b).count === 0).toBe(isSame(a, b));
    }),
  );
});

test('values nested beyond reason are compared', () => {
  const nested = (inner: string) =>
    JSON.parse('['.repeat(20_000) + inner + ']'.repeat(20_000)) as JsonValue;
  expect(isSame(nested('1'), nested('1'))).toBe(true);
  expect(isSame(nested('1'), nested('2'))).toBe(false);
});
