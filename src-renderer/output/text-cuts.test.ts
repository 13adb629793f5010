import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutsOf } from './text-cuts.ts';

test('blocks joined are the text, none is too long, and no pair is cut', () => {
  const long = fc
    .array(fc.constantFrom('word ', 'x'.repeat(3000), '\n', '😀'.repeat(700)), { maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(long, (text) => {
      const cuts = cutsOf(text, text.length);
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
  const before = cutsOf(text, 70_000);
  expect(before.length).toBeGreaterThan(4);
  expect(cutsOf(text, text.length).slice(0, before.length - 1)).toEqual(before.slice(0, -1));
});
