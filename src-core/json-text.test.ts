import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueText, withoutValue, withValue } from './json-edit.ts';
import { nodeAt, placeOf, scanJsonText } from './json-text.ts';

const body = `{
  "model": "m",
  "n": 12345678901234567890,
  "text": { "format": { "schema": {
    "type": "object"
  } } }
}`;
const set = (text: string, path: string[], value: string) =>
  withValue(text, scanJsonText(text).root!, path, value);

test('a change of one value leaves the rest as it stands', () => {
  expect(set(body, ['model'], '"other"')).toBe(body.replace('"m"', '"other"'));
  expect(set(body, ['text', 'format', 'schema'], '{\n  "a": 1\n}')).toContain(
    '"schema": {\n    "a": 1\n  } } }',
  );
});

test('what is missing is made in the style of its neighbours', () => {
  expect(set('{\n    "a": 1\n}', ['b'], 'true')).toBe('{\n    "a": 1,\n    "b": true\n}');
  expect(set('{"a": 1}', ['b'], 'true')).toBe('{"a": 1, "b": true}');
  expect(set('{}', ['b'], 'true')).toBe('{\n  "b": true\n}');
  expect(JSON.parse(set('{"text": "x"}', ['text', 'format', 'name'], '"n"'))).toEqual({
    text: { format: { name: 'n' } },
  });
});

test('a value leaves with its comma', () => {
  const text = '{"a": 1, "b": 2, "c": 3}';
  expect(withoutValue(text, ['a'])).toBe('{"b": 2, "c": 3}');
  expect(withoutValue(text, ['b'])).toBe('{"a": 1, "c": 3}');
  expect(withoutValue(text, ['c'])).toBe('{"a": 1, "b": 2}');
  expect(withoutValue('{ "a": 1 }', ['a'])).toBe('{}');
  expect(withoutValue('{"a": 1, "b": 0, "a": 2}', ['a'])).toBe('{"b": 0}');
  expect(withoutValue(text, ['x'])).toBe(text);
});

test('of equal keys the last counts', () => {
  const text = '{"a": 1, "a": 2}';
  const node = nodeAt(scanJsonText(text).root!, ['a'])!;
  expect(valueText(text, node)).toBe('2');
});

test.each([
  ['{"a": }', 1, 7, 'a value was expected, but there is "}"'],
  ['{\n  "a": 1,\n}', 3, 1, 'a property name in double quotes was expected, but there is "}"'],
  ['{"a": "x', 1, 7, 'a string that starts here is not closed'],
  ['{"a": 1', 1, 8, '"," or "}" was expected, but the text ends'],
  ['{} x', 1, 4, 'nothing more was expected, but there is "x"'],
  ['', 1, 1, 'a value was expected, but the text ends'],
  ['{\n  "a": tru\n}', 2, 8, 'a value was expected, but there is "t"'],
  ['{"a" 1}', 1, 6, '":" was expected, but there is "1"'],
  ['[1 2]', 1, 4, '"," or "]" was expected, but there is "2"'],
  ['{"a": "b\n"}', 1, 9, 'a line break or control character has to be escaped in a string'],
  ['"\\x"', 1, 2, 'this is no escape of JSON'],
  ['01', 1, 2, 'nothing more was expected, but there is "1"'],
])('%j goes wrong at line %i, column %i', (text, line, column, message) => {
  expect(scanJsonText(text).fault).toMatchObject({ line, column, message });
});

test('places count lines and columns from 1', () => {
  expect(placeOf('a\nbc', 0)).toEqual({ line: 1, column: 1 });
  expect(placeOf('a\nbc', 1)).toEqual({ line: 1, column: 2 });
  expect(placeOf('a\nbc', 3)).toEqual({ line: 2, column: 2 });
});

test('it takes what JSON.parse takes, and nothing else', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-0.5e3',
    '01',
    'null',
    ' ',
    '"\\u0g"',
  );
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      expect(scanJsonText(text).fault === null).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

test('a value that is set is the value that is read, with its layout', () => {
  const indent = fc.constantFrom(0, 2, 4, '\t');
  fc.assert(
    fc.property(fc.jsonValue(), indent, fc.jsonValue(), indent, (value, own, other, around) => {
      const valueJson = JSON.stringify(value, null, own);
      const text = JSON.stringify({ x: other, deep: { y: other } }, null, around);
      const changed = set(text, ['deep', 'schema'], valueJson);
      expect(JSON.parse(changed)).toEqual(
        JSON.parse(JSON.stringify({ x: other, deep: { y: other, schema: value } })),
      );
      const node = nodeAt(scanJsonText(changed).root!, ['deep', 'schema'])!;
      expect(valueText(changed, node)).toBe(valueJson);
      expect(JSON.parse(withoutValue(changed, ['deep', 'schema']))).toEqual(JSON.parse(text));
    }),
  );
});

test('it accepts what JSON.parse accepts', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, at) => {
      expect(scanJsonText(text).fault).toBeNull();
      const cut = at % (text.length + 1);
      const broken = text.slice(0, cut) + text.slice(cut + 1);
      let parses = true;
      try {
        JSON.parse(broken);
      } catch {
        parses = false;
      }
      expect(scanJsonText(broken).fault === null).toBe(parses);
    }),
  );
});

test('a text of megabytes and one of great depth end in an answer', () => {
  expect(scanJsonText(`{"a":"${'x'.repeat(5_000_000)}"}`).fault).toBeNull();
  expect(scanJsonText('['.repeat(100_000)).fault).not.toBeNull();
});
