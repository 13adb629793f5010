import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGrowingJson } from '../../src-core/growing-json.ts';
import { documentLines } from './document-lines.ts';

const layout = (text: string, writtenFrom = text.length) =>
  documentLines(text, readGrowingJson(text), writtenFrom);

test('the lines are those of JSON.stringify, and their text is the text that came', () => {
  // Empty containers excluded from nothing: JSON.stringify keeps them on one line too.
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const lines = layout(text);
      const shown = lines.map(({ spans }) => spans.map((span) => span.text).join(''));
      expect(shown.join('')).toBe(text);
      // Printed JSON has a space after the colon of a key; here style makes that one.
      const printed = JSON.stringify(value, null, 2).split('\n');
      expect(shown).toEqual(
        printed.map((line) => line.trimStart().replace(/^("(?:[^"\\]|\\.)*":) /, '$1')),
      );
      expect(lines.map(({ depth }) => depth)).toEqual(
        JSON.stringify(value, null, 2)
          .split('\n')
          .map((line) => (line.length - line.trimStart().length) / 2),
      );
    }),
  );
});

test('what the current event wrote is marked, inside a token too', () => {
  const text = '{"name":"Alice Johnson';
  const marked = layout(text, text.length - ' Johnson'.length)
    .flatMap(({ spans }) => spans)
    .filter(({ isNow }) => isNow);
  expect(marked).toEqual([{ kind: 'string', text: ' Johnson', isNow: true }]);
});
