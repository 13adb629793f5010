import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffJson, type JsonChange } from './diff-json.ts';
import type { JsonValue } from './json.ts';

const parse = (text: string) => JSON.parse(text) as JsonValue;
/** Without what JSON texts can't tell apart: -0, and keys in another order. */
const plain = (value: unknown): JsonValue => parse(JSON.stringify(value));

/** Does to a value what the changes say, one after the other, as a person would: slowly. */
function applied(before: JsonValue, changes: readonly JsonChange[]): JsonValue {
  const root = { root: plain(before) };
  const put = (change: JsonChange) => {
    const path = `/root${change.pointer}`
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = path.pop()!;
    let holder = root as unknown as Record<string, JsonValue> | JsonValue[];
    for (const key of path) {
      const own = Object.getOwnPropertyDescriptor(holder, key);
      if (!own) throw new Error(`nothing at ${change.pointer}`);
      holder = own.value as typeof holder;
    }
    const known = Object.getOwnPropertyDescriptor(holder, last)?.value as JsonValue | undefined;
    if (change.kind === 'added') expect(known, change.pointer).toBeUndefined();
    else expect(known, change.pointer).toEqual(plain(change.before));
    if (change.kind === 'removed') {
      if (Array.isArray(holder)) holder.length = Number(last);
      else delete holder[last];
      return;
    }
    const value =
      change.kind === 'grew' ? change.before + change.after.slice(-change.added) : change.after;
    const member = { value, enumerable: true, writable: true, configurable: true };
    Object.defineProperty(holder, last, member);
  };
  for (const change of changes) if (change.kind !== 'removed') put(change);
  // From the last element of an array to the first of those that are gone.
  for (const change of [...changes].reverse()) if (change.kind === 'removed') put(change);
  return root.root;
}

/** Values of few keys and few scalars, so that two of them have something in common. */
const value = fc
  .letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom<JsonValue>(null, true, false, 0, 1, '', 'a', 'ab', 'abc', '😀'),
      fc.array(tie('value') as fc.Arbitrary<JsonValue>, { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom('a', 'b', 'a/b', '~1', '', 'constructor', '__proto__', '0'),
        tie('value') as fc.Arbitrary<JsonValue>,
        { maxKeys: 4 },
      ),
    ),
  }))
  .value.map(plain);

describe('of any two values', () => {
  test('the difference, applied to the one, gives the other', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const { changes, count } = diffJson(before, after, Infinity);
        expect(count).toBe(changes.length);
        expect(applied(before, changes)).toEqual(after);
      }),
      { numRuns: 1000 },
    );
  });

  test('it is empty if, and only if, they are equal', () => {
    // Object.keys in another order is no difference, hence not JSON.stringify.
    const isEqual = (one: JsonValue, other: JsonValue) => {
      try {
        expect(one).toEqual(other);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(diffJson(one, plain(one)).count).toBe(0);
        expect(diffJson(one, other).count === 0).toBe(isEqual(one, other));
      }),
    );
  });
});

test('says what was added, removed, changed and went on, in the order of the value after', () => {
  const before = { status: 'in_progress', old: 1, output: [{ text: 'Ali' }, 7, 8], 'a/b': [] };
  const after = { status: 'completed', output: [{ text: 'Alice' }], 'a/b': {}, usage: { n: 72 } };
  expect(diffJson(before, after).changes).toEqual([
    { kind: 'changed', pointer: '/status', before: 'in_progress', after: 'completed' },
    { kind: 'grew', pointer: '/output/0/text', before: 'Ali', after: 'Alice', added: 2 },
    { kind: 'removed', pointer: '/output/1', before: 7 },
    { kind: 'removed', pointer: '/output/2', before: 8 },
    { kind: 'changed', pointer: '/a~1b', before: [], after: {} },
    { kind: 'added', pointer: '/usage', after: { n: 72 } },
    { kind: 'removed', pointer: '/old', before: 1 },
  ]);
});

test('a first value is one addition', () => {
  expect(diffJson(undefined, { a: 1 })).toEqual({
    changes: [{ kind: 'added', pointer: '', after: { a: 1 } }],
    count: 1,
  });
  expect(diffJson(null, { a: 1 }).changes[0]).toMatchObject({ kind: 'changed', pointer: '' });
});

test('what is the same object is not looked into', () => {
  const shared = new Proxy({} as Record<string, JsonValue>, {
    ownKeys() {
      throw new Error('looked into');
    },
  });
  expect(diffJson({ shared, a: 1 }, { shared, a: 2 }).count).toBe(1);
});

test('more changes than the limit are counted', () => {
  const numbers = Array.from({ length: 1000 }, (_, at) => at);
  const { changes, count } = diffJson([], numbers, 200);
  expect(count).toBe(1000);
  expect(changes).toHaveLength(200);
  expect(changes[199]!.pointer).toBe('/199');
});

test('a value nested beyond reason has its differences as well', () => {
  const deep = (core: string) => parse('['.repeat(20_000) + core + ']'.repeat(20_000));
  const { changes, count } = diffJson(deep('1'), deep('2'));
  expect(count).toBe(1);
  expect(changes[0]!.pointer).toBe('/0'.repeat(20_000));
});

test('a delta of a recorded stream changes one text', () => {
  const seed = new URL('./testing/recordings/seed-person.sse', import.meta.url);
  const text = readFileSync(seed, 'utf8');
  const done = /^data: (\{"type":"response.completed".*)$/m.exec(text)![1]!;
  const { response } = parse(done) as { response: JsonValue };
  const longer = parse(JSON.stringify(response).replace('Johnson', 'Johnsons')) as JsonValue;
  expect(diffJson(response, longer).changes.map(({ kind, pointer }) => [kind, pointer])).toEqual([
    ['changed', '/output/0/content/0/text'],
  ]);
});
