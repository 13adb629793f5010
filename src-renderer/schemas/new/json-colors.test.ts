import { expect, test } from 'vitest';
import { colored } from './json-colors.ts';

const kinds = (line: string) =>
  colored(line)
    .filter(({ kind }) => kind !== '')
    .map(({ text, kind }) => `${kind} ${text}`);

test('keys, strings, numbers and words of a line, and nothing lost', () => {
  const line = '  "a \\" b": [-1.5e3, "x: \\"1\\"", true, null], "c" : {}';
  expect(kinds(line)).toEqual([
    'key "a \\" b"',
    'number -1.5e3',
    'string "x: \\"1\\""',
    'word true',
    'word null',
    'key "c"',
  ]);
  expect(
    colored(line)
      .map(({ text }) => text)
      .join(''),
  ).toBe(line);
  // What is no JSON is drawn all the same.
  expect(kinds('"open, true')).toEqual(['word true']);
});
