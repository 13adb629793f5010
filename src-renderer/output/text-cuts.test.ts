import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextCuts } from './text-cuts.ts';

const long = fc
  .array(fc.constantFrom('word ', 'x'.repeat(3000), '\n', '😀'.repeat(700)), { maxLength: 40 })
  .map((parts) => parts.join(''));

test('blocks joined are the text, none is too long, and no pair is cut', () => {
  fc.assert(
    fc.property(long, (text) => {
      const cuts = new TextCuts().upTo(text, text.length);
      const blocks = cuts.slice(1).map((end, at) => text.slice(cuts[at], end));
      expect(blocks.join('')).toBe(text);
      for (const block of blocks) {
        expect(block.length).toBeGreaterThan(0);
        expect(block.length).toBeLessThanOrEqual(16_384);
        expect(block).not.toMatch(/^[\udc00-\udfff]/);
      }
    }),
  );
});

test('a text that grows changes only its last block', () => {
  const text = Array.from({ length: 9000 }, (_, line) => `line ${line}\n`).join('');
  const cuts = new TextCuts();
  const before = cuts.upTo(text, 70_000);
  expect(before.length).toBeGreaterThan(4);
  expect(cuts.upTo(text, text.length).slice(0, before.length - 1)).toEqual(before.slice(0, -1));
});

test('the cuts of a length are the same, whatever lengths were asked for before', () => {
  fc.assert(
    fc.property(long, fc.array(fc.nat(120_000), { maxLength: 8 }), (text, lengths) => {
      const grown = new TextCuts();
      for (const wanted of lengths) {
        const length = Math.min(wanted, text.length);
        const part = text.slice(0, length);
        expect(grown.upTo(text, length)).toEqual(new TextCuts().upTo(part, length));
      }
    }),
  );
});

test('cuts are at line ends, or after a full block where there is none', () => {
  const text = `${'x'.repeat(20_000)}\n${'y'.repeat(30_000)}`;
  // 16384 + 3616 x + the line end, then the y.
  expect(new TextCuts().upTo(text, text.length)).toEqual([0, 16_384, 20_001, 36_385, 50_001]);
});

test('each character is looked at once, however often a growing text without lines is cut', () => {
  let read = 0;
  const text = {
    slice(from: number, to: number) {
      read += to - from;
      return 'x'.repeat(to - from);
    },
  };
  const cuts = new TextCuts();
  for (let length = 0; length <= 4_000_000; length += 10_000) cuts.upTo(text, length);
  expect(cuts.upTo(text, 4_000_000)).toHaveLength(246); // 0, 244 full blocks of 16,384, the rest
  expect(read).toBeLessThanOrEqual(4_000_000);
});
