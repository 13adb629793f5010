import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrowingText } from './growing-text.ts';

test('reads as the string that was appended, wherever its pieces end', () => {
  const size = fc.oneof(fc.nat(8), fc.constantFrom(4095, 4096, 4097, 9000));
  const steps = fc.array(fc.record({ size, from: fc.nat(), length: size }), { maxLength: 30 });
  fc.assert(
    fc.property(steps, (all) => {
      const text = new GrowingText();
      let whole = '';
      for (const { size, from, length } of all) {
        const delta = Array.from({ length: size }, (_, at) => String.fromCharCode(97 + (at % 26)));
        text.append(delta.join(''));
        whole += delta.join('');
        const start = from % (whole.length + 1);
        const stretches = [
          [start, start + length],
          [0, whole.length],
          [whole.length - Math.min(4096, whole.length), whole.length],
        ] as const;
        for (const [begin, end] of stretches)
          expect(text.slice(begin, end) === whole.slice(begin, end)).toBe(true);
      }
    }),
  );
});
