import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { YamlAnchors } from './yaml-anchors.ts';

/** Cuts a list at the dashes of its items, which stand at the line's start. */
const itemsOf = (text: string) => text.split(/^(?=- )/m);

/** What each item means when it is parsed alone. */
function alone(items: readonly string[]): unknown[] {
  const anchors = new YamlAnchors();
  return items.map((item) => {
    const list = parse(anchors.complete(item)!) as unknown[];
    anchors.add(item);
    return list.at(-1);
  });
}

test('items that repeat what others have are parsed alone, as the whole list is', () => {
  const text = `- request: &id001
    headers: &h
    - a: [b]
      c: |
        &x *y
    - d
    body: ''
  response: {a: *h}
- &two
  request: *id001
  list:
  - &three
    a: &four 4
    b: *h
  - *three
- request: {headers: *h, body: *four}
  other: *two
- h: &h new
  r: *h
- r: *h
`;
  expect(alone(itemsOf(text))).toEqual(parse(text));
});

test('any values that are shared', () => {
  const shared = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue()), {
    minLength: 1,
    maxLength: 4,
  });
  const picks = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(shared, picks, fc.boolean(), (values, list, indentSeq) => {
      const of = (at: number) => values[at % values.length];
      const items = list.map(([a, b]) => ({ request: { headers: of(a) }, all: [of(b), 1] }));
      // A text line that begins with "- " would be cut here, as an item.
      const text = stringify(items, { indentSeq, blockQuote: false, lineWidth: 0 });
      expect(alone(itemsOf(text))).toEqual(parse(text));
    }),
    { numRuns: 200 },
  );
});

test('what is remembered and what is repeated has a limit', () => {
  const anchors = new YamlAnchors();
  anchors.add(`- h: &h\n    a: ${'x'.repeat(5e5)}\n`);
  const complete = Array.from({ length: 20 }, () => anchors.complete('- r: *h\n'));
  // 4 MiB, half a megabyte at a time.
  expect(complete.findIndex((text) => text === null)).toBe(8);
  anchors.add(`- h: &big\n    a: ${'x'.repeat(2e6)}\n`);
  expect(anchors.complete('- r: *big\n')).toBe('- r: *big\n');
});
