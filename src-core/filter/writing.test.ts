import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFilter } from './filter.ts';
import { both, nameAtEnd, inQuotes, quoted, quotedPointer, typingPlace } from './writing.ts';

const nodeOf = (query: string) => {
  const parsed = parseFilter(query);
  return parsed.ok ? parsed.filter?.node : parsed.error.message;
};

test('whatever is quoted is read as it was', () => {
  const texts = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a b', '"', '\\', '(x)'));
  fc.assert(
    fc.property(texts, (text) => {
      expect(nodeOf(inQuotes(text))).toEqual({ kind: 'word', needle: text });
      expect(nodeOf(`type:${quoted(text)}`)).toEqual({ kind: 'type', glob: text });
      expect(nodeOf(`text~${quoted(text)}`)).toEqual({
        kind: 'text',
        pattern: { kind: 'needle', needle: text },
      });
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.string()), (path) => {
      const pointer = path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      const text = quotedPointer(pointer.join(''));
      expect(nodeOf(`closes:${text}`)).toEqual({ kind: 'closes', path });
      expect(nodeOf(`value:${text}=1`)).toMatchObject({ kind: 'value', path });
    }),
  );
});

test.each([
  ['', 'x', 'x'],
  ['a', 'x', 'a x'],
  ['a or b', 'x', '(a or b) x'],
  ['a (b or c) ', 'x', 'a (b or c) x'],
  ['tpye:a', 'x', 'x'],
])('%j and %j: %j', (query, term, expected) => {
  expect(both(query, term)).toBe(expected);
});

// The bar is the caret; brackets stand around what would be replaced.
test.each([
  ['|', '[]', 'name', ''],
  ['ty|', '[ty]', 'name', 'ty'],
  ['a -ty|pe:x', 'a -[type:]x', 'name', 'ty'],
  ['(ty|', '([ty]', 'name', 'ty'],
  ['type:|', 'type:[]', 'value type', ''],
  ['a type:*.de|lta b', 'a type:[*.delta] b', 'value type', '*.de'],
  ['"x y" lane:0|', '"x y" lane:[0]', 'value lane', '0'],
  ['type:"a b|" c', 'type:["a b"] c', 'value type', 'a b'],
  ['pointer:/na|', 'pointer:[/na]', 'value pointer', '/na'],
  ['value:/a|', 'value:[/a]', 'value value', '/a'],
  ['problem:|', 'problem:[]', 'value problem', ''],
])('at %s', (text, replaced, what, typed) => {
  const caret = text.indexOf('|');
  const query = text.replace('|', '');
  const place = typingPlace(query, caret)!;
  const { start, end } = place;
  expect(`${query.slice(0, start)}[${query.slice(start, end)}]${query.slice(end)}`).toBe(replaced);
  expect(`${place.of} ${place.term}`.trim()).toBe(what);
  expect(place.typed).toBe(typed);
});

test.each(['"ty|', 'text~so|', 'text~/a b|', 'value:/age>1|', 'x.y|', 'foo:a|', '12|'])(
  'nothing at %s',
  (text) => {
    expect(typingPlace(text.replace('|', ''), text.indexOf('|'))).toBeNull();
  },
);

test.each<[string, number]>([
  ['text', 0],
  ['lane:2 text', 7],
  ['-(a or b) Type', 10],
  ['x -t', 3],
])('%j ends in the name of a term, at %i', (query, start) => {
  expect(nameAtEnd(query)).toMatchObject({ start, end: query.length, unfinished: true });
});

test.each([
  '',
  'text ',
  '"text"',
  'texts',
  'a.text',
  'problem',
  'broken',
  'text~"a text',
  'text~x',
])('%j does not end in the name of a term that goes on', (query) =>
  expect(nameAtEnd(query)).toBeNull(),
);
