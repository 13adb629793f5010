import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../text.ts';
import { type JsonElement, JsonElements } from './json-elements.ts';

function elementsOf(text: string, paths: string[][], cuts: readonly number[] = [], limit = 1e6) {
  const bytes = encodeUtf8(text);
  const reader = new JsonElements(paths, limit);
  const found: JsonElement[] = [];
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    found.push(...reader.push(bytes.subarray(from, end)));
    from = end;
  }
  return { found, fault: reader.end() };
}
const valuesOf = (found: readonly JsonElement[]) =>
  found.map(({ bytes }) => JSON.parse(decodeUtf8(bytes!)) as unknown);

test('the elements of the array at a path are found, wherever the text is cut, and no others', () => {
  const json = fc.jsonValue();
  fc.assert(
    fc.property(
      fc.array(json),
      json,
      fc.constantFrom(0, 2),
      fc.array(fc.nat()),
      (entries, other, indent, cuts) => {
        const document = {
          version: other,
          entries: [other],
          log: { creator: { entries: [other] }, entries, 'en"tries': [other] },
        };
        const text = JSON.stringify(document, null, indent);
        const { found, fault } = elementsOf(text, [['log', 'entries']], cuts);
        // What JSON.parse gives, which knows no -0 in a text that JSON.stringify wrote.
        expect(valuesOf(found)).toEqual(JSON.parse(JSON.stringify(entries)));
        expect(found.map(({ index }) => index)).toEqual(entries.map((_, index) => index));
        expect(fault).toBeNull();
      },
    ),
    { numRuns: 200 },
  );
});

test('an array that is the whole text, and the place of each element', () => {
  const { found } = elementsOf('\n[ {"a":1},\n  [2] , "x,]" ]\n', [[]]);
  expect(valuesOf(found)).toEqual([{ a: 1 }, [2], 'x,]']);
  expect(found.map(({ start, line }) => [start, line])).toEqual([
    [3, 2],
    [14, 3],
    [20, 3],
  ]);
});

test('an element beyond the limit is passed over, the next one is found', () => {
  const { found, fault } = elementsOf(`{"a":["${'x'.repeat(50)}",1]}`, [['a']], [10, 20], 20);
  expect(found.map(({ bytes }) => bytes && decodeUtf8(bytes))).toEqual([null, '1']);
  expect(fault).toBeNull();
});

test.each([
  ['{"log":{"entries":[{"a":1},\n{"b":', 33, 2, 'the text ends within entry 2'],
  ['{"log":{"entries":[1]}', 22, 1, 'the text ends within an object'],
  ['{"log":]', 7, 1, '"]" closes nothing that is open'],
  ['hello', 0, 1, 'neither an object nor an array begins here'],
  ['  ', 2, 1, 'there is no JSON object or array'],
])('%j breaks at a place', (text, byte, line, message) => {
  expect(elementsOf(text, [['log', 'entries']]).fault).toEqual({ byte, line, message });
});
