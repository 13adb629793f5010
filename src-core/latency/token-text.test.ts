import fc from 'fast-check';
import { countTokens, encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { cutAfter } from './token-text.ts';

/** The pieces of a text that is all there. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (;;) {
    const cut = cutAfter(text, from);
    if (cut < 0) break;
    pieces.push(text.slice(from, cut));
    from = cut;
  }
  return [...pieces, text.slice(from)];
}

const prose =
  'Here\'s "a text", with 3.14 numbers; {"a": [1, 2]} and\n\nline breaks  and it’s  wide   spaces. ' +
  'Ünïcödé слова и 漢字 😀 emoji /slashes/ and snake_case camelCase ';

describe('cutting a text for the tokenizer', () => {
  test('changes no token of prose', () => {
    const long = prose.repeat(200);
    const pieces = piecesOf(long);
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(long);
    expect(pieces.flatMap((piece) => encode(piece))).toEqual(encode(long));
  });

  test('is right wherever the long text begins', () => {
    const words = fc.array(
      fc.constantFrom(
        'a',
        ' the',
        ' ',
        '\n',
        '\t',
        '7',
        '.',
        ' "x',
        "'s",
        ' É',
        '漢',
        '\u00a0',
        '  b',
      ),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(words, (list) => {
        const long = list.join('').repeat(Math.ceil(9000 / list.join('').length));
        const pieces = piecesOf(long);
        const isUsual = (piece: string, at: number) =>
          at === 0 || (/^ \p{L}/u.test(piece) && /\S$/.test(pieces[at - 1]!));
        fc.pre(pieces.every(isUsual));
        const count = pieces.reduce((sum, piece) => sum + countTokens(piece), 0);
        expect(count).toBe(countTokens(long));
      }),
      { numRuns: 60 },
    );
  });

  test('goes on without a place to cut, in pieces that cost little', () => {
    const blob = 'x'.repeat(10_000);
    const pieces = piecesOf(blob);
    expect(pieces.join('')).toBe(blob);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(400);
  });

  test('leaves a short rest that may still grow', () => {
    expect(cutAfter('no place', 3)).toBe(-1);
    expect(cutAfter('', 0)).toBe(-1);
  });
});
