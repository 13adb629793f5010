import { expect, test } from 'vitest';
import { KeyMask } from './key-mask.ts';

const KEY = 'sk-sk-secret';

function masked(parts: string[], key: string | null = KEY) {
  const mask = new KeyMask(key);
  const kept = parts.map((part) => Buffer.from(mask.mask(Buffer.from(part))).toString());
  kept.push(Buffer.from(mask.rest()).toString());
  return { kept, found: mask.found };
}

test('the key is found however it is cut', () => {
  const text = `a${KEY}b${KEY}`;
  for (let cut = 0; cut <= text.length; cut++) {
    const { kept, found } = masked([text.slice(0, cut), text.slice(cut)]);
    expect(kept.join('')).toBe(`a${'*'.repeat(KEY.length)}b${'*'.repeat(KEY.length)}`);
    expect(found).toBe(true);
  }
  expect(masked([...text]).kept.join('')).not.toContain('secret');
});

test('what only begins like the key goes with the next chunk or the end', () => {
  expect(masked(['data: s', 'o\n\n']).kept).toEqual(['data: ', 'so\n\n', '']);
  expect(masked(['data: sk-sk-']).kept).toEqual(['data: ', 'sk-sk-']);
  expect(masked(['xyz']).found).toBe(false);
});

test('without a key, or with one too short to be one, bytes pass as they are', () => {
  expect(masked(['x', 'y'], null).kept).toEqual(['x', 'y', '']);
  expect(masked(['ollama'], 'ollama').kept).toEqual(['ollama', '']);
});
