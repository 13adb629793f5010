import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfBase64, isBase64 } from './base64.ts';

test('gives back what was encoded, padded or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const text = btoa(String.fromCharCode(...bytes));
      expect([...bytesOfBase64(text)]).toEqual([...bytes]);
      expect([...bytesOfBase64(text.replace(/=+$/, ''))]).toEqual([...bytes]);
      expect(isBase64(text)).toBe(true);
    }),
  );
});

test('reads damaged text as far as it goes', () => {
  // "abc" is YWJj.
  expect([...bytesOfBase64('YWJjYW…')]).toEqual([97, 98, 99, 97]);
  expect([...bytesOfBase64('YWJjY')]).toEqual([97, 98, 99]);
  expect([...bytesOfBase64('YWJjYWJj', 4)]).toEqual([97, 98, 99]);
  expect([isBase64('YWJj…'), isBase64('YW=J'), isBase64('')]).toEqual([false, false, true]);
});
