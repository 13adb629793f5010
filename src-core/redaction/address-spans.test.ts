import { expect, test } from 'vitest';
import { DEFAULT_REDACTION, type RedactionOptions } from './options.ts';
import { starred } from './spans.ts';
import { TextMatcher } from './text-matcher.ts';

function struck(text: string, options: Partial<RedactionOptions> = {}): string {
  return starred(text, new TextMatcher({ ...DEFAULT_REDACTION, ...options }).spans(text));
}

test.each([
  [
    'see https://h/a?x=1&sig=SIGNATUREabc%2Fd then',
    'see https://h/a?x=1&sig=**************** then',
  ],
  ['https://mcp/?token=tok1234', 'https://mcp/?token=*******'],
  ['https://x/#access_token=abc&v=1', 'https://x/#access_token=***&v=1'],
  ['<a href="https://h/?a=1&amp;api_key=abc">', '<a href="https://h/?a=1&amp;api_key=***">'],
  ['https://h/?%73ig=abc', 'https://h/?%73ig=***'],
  ['postgres://ann:pw@db/x', 'postgres://******@db/x'],
  // What was struck out before, and what is no secret.
  ['https://redacted@h/?sig=redacted&key=•••', 'https://redacted@h/?sig=redacted&key=•••'],
  ['https://h/?max=5&model=gpt', 'https://h/?max=5&model=gpt'],
  ['if (key == token) return a?b:c', 'if (key == token) return a?b:c'],
])('secrets by name in the address of %s', (text, expected) => {
  expect(struck(text)).toBe(expected);
});

test('what is percent-encoded is struck out where what it says is', () => {
  const key = '%73k-%70roj-AAAA1111bbbb2222cccc3333';
  expect(struck(`https://h/p/${key}?x=${key}&v=1`)).toBe(
    `https://h/p/${'*'.repeat(key.length)}?x=${'*'.repeat(key.length)}&v=1`,
  );
  const twice = key.replaceAll('%', '%25');
  expect(struck(`x=${twice}`)).toBe(`x=${'*'.repeat(twice.length)}`);
  expect(struck('/?user=alice%40corp.example&n=1', { email: true })).toBe(
    `/?user=${'*'.repeat('alice%40corp.example'.length)}&n=1`,
  );
  expect(struck('/?next=https%3A%2F%2Fx%2F%3Ftoken%3Dabc')).toBe(
    `/?next=${'*'.repeat('https%3A%2F%2Fx%2F%3Ftoken%3Dabc'.length)}`,
  );
  expect(struck('50%25 of a%20text %FF')).toBe('50%25 of a%20text %FF');
});

test('JSON in JSON in JSON', () => {
  const deep = JSON.stringify({ api_key: 'DEEPnest12345678' });
  const text = JSON.stringify({ a: 1, inner: JSON.stringify({ again: deep }) });
  expect(struck(text)).toBe(text.replace('DEEPnest12345678', '*'.repeat(16)));
});

test('a user and a password in base64', () => {
  expect(struck("curl -H 'Authorization: Basic Ym9iOmh1bnRlcjI='")).toBe(
    `curl -H 'Authorization: Basic ${'*'.repeat(16)}'`,
  );
  expect(struck('Basic understanding of it')).toBe('Basic understanding of it');
});

test('a long text takes time that is linear in it', () => {
  for (const part of ['a%41', '?a', '://', 'a.', '%', '{"a":"\\"']) {
    const text = part.repeat(200_000 / part.length);
    struck(text);
  }
});
