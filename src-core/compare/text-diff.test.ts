import { diffArrays } from 'diff';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffText } from './text-diff.ts';

it('finds words', () => {
  expect(diffText('The cat sat.', 'The big cat stood.', 'words', diffArrays).pieces).toEqual([
    { kind: 'same', text: 'The ' },
    { kind: 'inserted', text: 'big ' },
    { kind: 'same', text: 'cat ' },
    { kind: 'lost', text: 'sat' },
    { kind: 'inserted', text: 'stood' },
    { kind: 'same', text: '.' },
  ]);
});

it('joins changes with the space between them', () => {
  expect(diffText('one two end', 'three four end', 'words', diffArrays).pieces).toEqual([
    { kind: 'lost', text: 'one two' },
    { kind: 'inserted', text: 'three four' },
    { kind: 'same', text: ' end' },
  ]);
});

it('has all of both texts, by words and by lines', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', '\n', '.', 'é', '👋'),
    maxLength: 40,
  });
  fc.assert(
    fc.property(text, text, fc.constantFrom('words' as const, 'lines' as const), (a, b, by) => {
      const { pieces } = diffText(a, b, by, diffArrays);
      const side = (without: string) =>
        pieces.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join('');
      expect(side('inserted')).toBe(a);
      expect(side('lost')).toBe(b);
    }),
  );
});
