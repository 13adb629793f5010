import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../json.ts';
import { differences, isSame } from './difference.ts';

const values = fc.jsonValue({ maxDepth: 3 }).map((value) => value as JsonValue);

test('values are the same exactly where a deep comparison says so', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      // -0 is no JSON value of its own: it prints as 0.
      const [a, b] = [one, other].map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
      expect(isSame(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(isSame(a, structuredClone(a))).toBe(true);
      expect(differences(a, b, 1).length === 0).toBe(isSame(a, b));
    }),
  );
});

test('differences are named by the innermost place, in order', () => {
  const before = { status: 'a', output: [{ text: 'x', n: 1 }], 'a/b': { c: null } };
  const after = { status: 'b', output: [{ text: 'xy', n: 1 }, 'new'], 'a/b': { c: [] } };
  expect(differences(before, after, 9)).toEqual([
    { pointer: '/status', before: 'a', after: 'b' },
    { pointer: '/output/0/text', before: 'x', after: 'xy' },
    { pointer: '/output/1', before: undefined, after: 'new' },
    { pointer: '/a~1b/c', before: null, after: [] },
  ]);
  expect(differences(before, after, 2)).toHaveLength(2);
  expect(differences(undefined, after, 9)).toEqual([{ pointer: '', before: undefined, after }]);
});

test('values nested beyond reason are compared, and named no deeper than is readable', () => {
  const nested = (inner: string) =>
    JSON.parse('['.repeat(20_000) + inner + ']'.repeat(20_000)) as JsonValue;
  expect(isSame(nested('1'), nested('1'))).toBe(true);
  expect(isSame(nested('1'), nested('2'))).toBe(false);
  expect(differences(nested('1'), nested('2'), 9).map(({ pointer }) => pointer)).toEqual([
    '/0'.repeat(200),
  ]);
});
