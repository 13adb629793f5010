import fc from 'fast-check';
import { JSONPointer } from 'json-p3';
import { expect, test } from 'vitest';
import { jsonText } from '../testing/json-texts.ts';
import { GrowingDocument } from './growing-document.ts';

function documentOf(text: string): GrowingDocument {
  const document = new GrowingDocument();
  document.append(text);
  return document;
}

const NOTHING = Symbol('nothing');

/** What the pointer names by an implementation of RFC 6901 that is not ours. */
function resolved(pointer: string, value: unknown): unknown {
  try {
    return new JSONPointer(pointer).resolve(value as never, NOTHING as never);
  } catch {
    return NOTHING;
  }
}

/** RFC 6901, section 5. */
const EXAMPLE = `{
  "foo": ["bar", "baz"],
  "": 0,
  "a/b": 1,
  "c%d": 2,
  "e^f": 3,
  "g|h": 4,
  "i\\\\j": 5,
  "k\\"l": 6,
  " ": 7,
  "m~n": 8
}`;

test.each([
  ['', JSON.parse(EXAMPLE)],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/g|h', 4],
  ['/i\\j', 5],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
])('%s of the example in RFC 6901', (pointer, value) => {
  const document = documentOf(EXAMPLE);
  const node = document.find(pointer);
  expect(document.at(EXAMPLE.length).valueOf(node)).toEqual(value);
  expect(document.pointerOf(node)).toBe(pointer);
});

test.each(['foo', '/foo/2', '/foo/-', '/foo/00', '/foo/01', '/foo/1e0', '/m~n', '/m~2n', '/x/y'])(
  '%s names nothing in it',
  (pointer) => {
    expect(documentOf(EXAMPLE).find(pointer)).toBe(-1);
  },
);

test('the pointer of a node resolves to its value, or to that of a later duplicate', () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      const document = documentOf(text);
      const whole = document.at(text.length);
      const value: unknown = JSON.parse(text);
      for (let node = 0; node < document.nodeCount; node++) {
        const pointer = document.pointerOf(node);
        const found = document.find(pointer);
        const expected = resolved(pointer, value);
        if (found < 0) expect(expected, pointer).toBe(NOTHING);
        else expect(whole.valueOf(found), pointer).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

test('any pointer names what it names elsewhere', () => {
  const key = fc.constantFrom('a', '0', '1', '', '__proto__', 'a~1b', '~0', '~01', 'm~0n~1', 'k');
  const pointers = fc
    .array(fc.array(key, { maxLength: 4 }), { minLength: 5, maxLength: 20 })
    .map((lists) => lists.map((keys) => keys.map((each) => `/${each}`).join('')));
  fc.assert(
    fc.property(jsonText, pointers, (text, asked) => {
      const document = documentOf(text);
      const value: unknown = JSON.parse(text);
      for (const pointer of asked) {
        const found = document.find(pointer);
        const expected = resolved(pointer, value);
        if (found < 0) expect(expected, pointer).toBe(NOTHING);
        else expect(document.at(text.length).valueOf(found), pointer).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

test('a pointer is looked up in the same document while it grows, and at earlier lengths', () => {
  const found = (text: string, pointers: Iterable<string>) => {
    const fresh = documentOf(text);
    return [...pointers].map((pointer) => fresh.find(pointer));
  };
  fc.assert(
    fc.property(jsonText, (text) => {
      const document = new GrowingDocument();
      const pointers = new Set<string>();
      const step = Math.ceil(text.length / 40);
      for (let at = 0; at < text.length; at += step) {
        document.append(text.slice(at, at + step));
        if (document.nodeCount > 0) pointers.add(document.pointerOf(document.nodeCount - 1));
        const ours = [...pointers].map((pointer) => document.find(pointer));
        expect(ours).toEqual(found(text.slice(0, at + step), pointers));
      }
      for (let length = 0; length <= text.length; length += step) {
        const prefix = document.at(length);
        const ours = [...pointers].map((pointer) => prefix.find(pointer));
        expect(ours).toEqual(found(text.slice(0, length), pointers));
      }
    }),
    { numRuns: 200 },
  );
});

test('an element of an array is found among large ones', () => {
  const items = Array.from({ length: 5000 }, (_, index) => (index % 3 ? index : [[index], {}]));
  const text = JSON.stringify({ items });
  const document = documentOf(text);
  const children = [...document.childrenOf(document.find('/items'))];
  expect(children).toHaveLength(5000);
  children.forEach((node, index) => {
    expect(document.find(`/items/${index}`)).toBe(node);
    expect(document.indexOf(node)).toBe(index);
  });
  expect(document.find('/items/5000')).toBe(-1);
  expect(document.find('/items/99999999999')).toBe(-1);
});
