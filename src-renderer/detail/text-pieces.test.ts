import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from './text-pieces.ts';

const joined = (text: string, from: number) =>
  piecesOf(text, from)
    .map(({ before, now }) => before + now)
    .join('');

test('pieces joined are the text, and what was written is marked', () => {
  const long = fc
    .array(fc.constantFrom('word ', 'x'.repeat(3000), '\n', '😀'.repeat(700)), { maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(long, fc.nat(), (text, at) => {
      const from = at % (text.length + 1);
      expect(joined(text, from)).toBe(text);
      const now = piecesOf(text, from).map((piece) => piece.now);
      expect(now.join('')).toBe(text.slice(from));
    }),
  );
});

test('a text that grows changes only its last piece', () => {
  const text = Array.from({ length: 9000 }, (_, line) => `line ${line}\n`).join('');
  const before = piecesOf(text.slice(0, 70_000), 70_000);
  const after = piecesOf(text, text.length);
  expect(before.length).toBeGreaterThan(3);
  expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
});
