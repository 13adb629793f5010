import { expect, test } from 'vitest';
import { hexLines } from './hex-lines.ts';

test('shows offsets, bytes and text as hexdump -C does', () => {
  const bytes = new TextEncoder().encode('data: {"é":1}\n\ndata');
  // `printf 'data: {"é":1}\n\ndata' | hexdump -C`, with the offset of the body added.
  expect(hexLines(bytes, 0x1f0, 4096)).toEqual([
    {
      offset: '000001f0',
      hex: '64 61 74 61 3a 20 7b 22  c3 a9 22 3a 31 7d 0a 0a',
      text: 'data: {"..":1}..',
    },
    { offset: '00000200', hex: `64 61 74 61${' '.repeat(37)}`, text: 'data' },
  ]);
});

test('stops at the limit', () => {
  expect(hexLines(new Uint8Array(100), 0, 40)).toHaveLength(3);
});
