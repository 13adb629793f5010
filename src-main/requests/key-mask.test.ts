import { expect, test } from 'vitest';
import { KeyMask, secretsOf, withoutSecrets } from './key-mask.ts';

const KEY = 'sk-sk-secret';

function masked(parts: string[], secrets = [KEY]) {
  const mask = new KeyMask(secrets);
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

test('a long beginning of a secret that is cut off is masked too', () => {
  const { kept, found } = masked([`Wrong: ${KEY.slice(0, 9)}`]);
  expect(kept.join('')).toBe(`Wrong: ${'*'.repeat(9)}`);
  expect(found).toBe(true);
  expect(masked(['Bearer sk-s'], [`Bearer ${KEY}`, KEY]).kept.join('')).toBe('Bearer sk-s');
});

test('a key is found that was cut where other secrets became known', () => {
  for (let cut = 0; cut <= KEY.length; cut++) {
    const mask = new KeyMask([KEY]);
    const before = Buffer.from(mask.mask(Buffer.from(KEY.slice(0, cut))));
    const next = mask.with([KEY, 'other-secret']);
    const after = Buffer.from(next.mask(Buffer.from(`${KEY.slice(cut)}, other-secret`)));
    expect(`${before}${after}${Buffer.from(next.rest())}`).toBe('************, ************');
  }
});

test('without a secret bytes pass as they are', () => {
  expect(masked(['x', 'y'], []).kept).toEqual(['x', 'y', '']);
});

test('several secrets are found, also where one begins in another, however they are cut', () => {
  const secrets = ['abcdefgh-ijkl', 'abcdefgh', 'gh-other-one'];
  const text = '<abcdefgh> <abcdefgh-ijkl> <abcdefgh-other-one> <abcdefgh-i> <gh-other>';
  const expected = `<${'*'.repeat(8)}> <${'*'.repeat(13)}> <${'*'.repeat(18)}> <${'*'.repeat(8)}-i> <gh-other>`;
  for (let cut = 0; cut <= text.length; cut++) {
    expect(masked([text.slice(0, cut), text.slice(cut)], secrets).kept.join('')).toBe(expected);
  }
  expect(masked([...text], secrets).kept.join('')).toBe(expected);
});

test('the secrets of a request are the values of its secret headers, and what is quoted of them', () => {
  const secrets = secretsOf([
    ['accept', 'text/event-stream'],
    ['Authorization', 'Bearer sk-0123456789'],
    ['X-Team-Token', 'team-secret'],
    ['Cookie', 'session=abcdefg7; lang=en'],
    ['api-key', 'ollama'],
  ]);
  expect(secrets).toEqual([
    'session=abcdefg7; lang=en',
    'Bearer sk-0123456789',
    'sk-0123456789',
    'team-secret',
    'abcdefg7',
  ]);
  expect(withoutSecrets('no abcdefg7, sk-0123456789', secrets)).toBe('no •••, •••');
});

test.each([
  ['Bearer lm-studio', []],
  ['Bearer not-needed', []],
  ['Bearer undefined', []],
  ['LM_STUDIO', []],
  ['<REDACTED>', []],
  ['********', []],
  ['Bearer sk-test-key', ['Bearer sk-test-key', 'sk-test-key']],
  ['correct-horse-battery-staple', ['correct-horse-battery-staple']],
  [
    'Basic Ym9iOmh1bnRlcjIyMg==',
    ['Basic Ym9iOmh1bnRlcjIyMg==', 'Ym9iOmh1bnRlcjIyMg%3D%3D', 'Ym9iOmh1bnRlcjIyMg==', 'hunter222'],
  ],
  ['"a/b/c/d/1"', ['a%2Fb%2Fc%2Fd%2F1', 'a\\/b\\/c\\/d\\/1', '"a/b/c/d/1"', 'a/b/c/d/1']],
  ['your_api_key_here', []],
  ['no-key-required', []],
  ['team-secret', ['team-secret']],
  ['lm-studio-2', ['lm-studio-2']],
])('what is looked for of %s', (value, expected) => {
  expect(secretsOf([['authorization', value]])).toEqual(expected);
});
