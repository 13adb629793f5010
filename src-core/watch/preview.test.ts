import { expect, test } from 'vitest';
import { previewOf } from './preview.ts';

test('a preview is short, of a text its end and of a container its beginning', () => {
  expect(previewOf(undefined, 20)).toBe('');
  expect(previewOf('', 20)).toBe('""');
  expect(previewOf('{"name":"A"', 20)).toBe('"{"name":"A""');
  expect(previewOf('0123456789', 4)).toBe('"…6789"');
  expect(previewOf('a😀bc', 3)).toBe('"…bc"');
  expect(previewOf({ a: [1, null, 'x"'], b: {} }, 99)).toBe('{"a": [1, null, "x\\""], "b": {}}');
  expect(previewOf([1, 2, 3, 4, 5, 6, 7, 8, 9], 8)).toBe('[1, 2, 3, …]');
  expect(previewOf({ text: 'x'.repeat(5000) }, 20)).toBe(`{"text": "${'x'.repeat(11)}…"}`);
  const nested = JSON.parse('['.repeat(900) + ']'.repeat(900)) as never;
  expect(previewOf(nested, 99)).toBe('['.repeat(8) + '…' + ']'.repeat(8));
});
