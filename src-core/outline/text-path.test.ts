import { getLocation } from 'jsonc-parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysAt, pathAt, valueEnd } from './text-path.ts';

const namesAt = (text: string, offset: number) => pathAt(text, offset).map(({ key }) => key);

test('the values around a place, from the root on', () => {
  const text = '{"properties": {"address": {"properties": {"city": {"type": "string"}}}}}';
  expect(namesAt(text, text.indexOf('string'))).toEqual([
    null,
    ...['properties', 'address', 'properties', 'city', 'type'],
  ]);
  const [, , address] = pathAt(text, text.indexOf('string'));
  expect(text.slice(address!.start, address!.start + 9)).toBe('"address"');
  expect(text.slice(address!.valueStart, valueEnd(text, address!.valueStart))).toBe(
    '{"properties": {"city": {"type": "string"}}}',
  );
});

test('a text that is being written has a path as well', () => {
  const text = '{"properties": {"a": {"type": "string", "enum": ["x", "y';
  expect(namesAt(text, text.length)).toEqual([null, 'properties', 'a', 'enum', 1]);
  expect(namesAt('{"a": ', 6)).toEqual([null, 'a']);
  expect(namesAt('', 0)).toEqual([null]);
  expect(valueEnd(text, 0)).toBe(text.length);
  expect(valueEnd('[1, 2] ', 0)).toBe(6);
  expect(valueEnd('12, 3', 0)).toBe(2);
});

test('it is the path that jsonc-parser gives', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), fc.nat(300), (value, space, pick) => {
      const text = JSON.stringify(value, null, space);
      const offset = pick % (text.length + 1);
      const { path, previousNode } = getLocation(text, offset);
      // Where no key stands yet it gives an empty one, and at an edge of a value the one before.
      fc.pre(previousNode !== undefined && previousNode.offset < offset);
      fc.pre(offset < previousNode!.offset + previousNode!.length);
      const keys = namesAt(text, offset).slice(1);
      expect(keys).toEqual(path);
    }),
    { numRuns: 1000 },
  );
});

test('the keys of an object are found in a text that is being written', () => {
  const text = '{"$defs": {"a": {"x": 1}, "b": [{"y": 2}], "c": }, "properties": {"d": "';
  expect(keysAt(text, [])).toEqual(['$defs', 'properties']);
  expect(keysAt(text, ['$defs'])).toEqual(['a', 'b', 'c']);
  expect(keysAt(text, ['$defs', 'b', '0'])).toEqual(['y']);
  expect(keysAt(text, ['nothing'])).toEqual([]);
});
