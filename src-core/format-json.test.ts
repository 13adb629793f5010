import fc from 'fast-check';
import { format } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { formatEdits } from './format-json.ts';
import { withEdits } from './strict-schema/tree-text.ts';

const laidOut = (text: string) => withEdits(text, formatEdits(text));

test('what is short goes on one line, the rest has a line each', () => {
  const text =
    '{"type":"object","properties":{"name":{"type":["string","null"]},"tags":{"type":"array",' +
    '"items":{"type":"string"}}},"required":["name","tags"],"additionalProperties":false}';
  expect(laidOut(text)).toBe(`{
  "type": "object",
  "properties": {
    "name": { "type": ["string", "null"] },
    "tags": { "type": "array", "items": { "type": "string" } }
  },
  "required": ["name", "tags"],
  "additionalProperties": false
}`);
});

test('an object with a line for its first key keeps its lines; a short list loses them', () => {
  expect(laidOut('{\n"a":[\n1,\n2],"b":{"c":\n{}}}\n')).toBe(
    '{\n  "a": [1, 2],\n  "b": { "c": {} }\n}\n',
  );
  expect(laidOut('[{\n"a":1}]')).toBe('[\n  {\n    "a": 1\n  }\n]');
});

test('spelling stays: escapes, numbers, repeated keys and their order', () => {
  const text = '{"b":1.50e+3,"a":"\\u00e9","b":12345678901234567890}';
  expect(laidOut(text)).toBe('{ "b": 1.50e+3, "a": "\\u00e9", "b": 12345678901234567890 }');
});

test('a text that is no JSON is left alone', () => {
  expect(formatEdits('{"a":')).toEqual([]);
  expect(formatEdits('// no\n{}')).toEqual([]);
});

test('any text says the same after it, keeps all but white space, and is laid out for good', () => {
  const spaced = fc
    .tuple(fc.json(), fc.constantFrom(undefined, 1, 2, '\t'))
    .map(([text, indent]) => JSON.stringify(JSON.parse(text), null, indent));
  fc.assert(
    fc.property(spaced, (text) => {
      const made = laidOut(text);
      expect(JSON.parse(made)).toEqual(JSON.parse(text));
      expect(laidOut(made)).toBe(made);
      // An independent formatter takes both to the same text.
      const plain = (one: string) => {
        const options = { tabSize: 2, insertSpaces: true, eol: '\n' };
        const edits = format(one, undefined, options).map(({ offset, length, content }) => ({
          start: offset,
          end: offset + length,
          text: content,
        }));
        return withEdits(one, edits);
      };
      expect(plain(made)).toBe(plain(text));
    }),
  );
});
