import { expect, test } from 'vitest';
import { sourceFacts } from './source-facts.ts';

const proxy = {
  kind: 'proxy',
  server: 'Recording proxy',
  upstream: 'https://api.test/v1',
} as const;
const end = { kind: 'aborted', atUs: 1, code: null, message: 'It went away.' } as const;

test('a proxied capture says where it passed and who ended it', () => {
  const through = [
    ['through', 'Recording proxy'],
    ['upstream', 'https://api.test/v1'],
  ];
  expect(sourceFacts({ origin: proxy, end: null })).toEqual(through);
  expect(sourceFacts({ origin: proxy, end: { ...end, by: 'client' } })).toEqual([
    ...through,
    ['ended by', 'the client'],
    ['remarks', 'It went away.'],
  ]);
});

test('an imported capture says what it was read as', () => {
  const origin = { kind: 'file', path: '/a.har', format: 'har', entry: 2 } as const;
  expect(sourceFacts({ origin, end })).toEqual([
    ['from', '/a.har'],
    ['read as', expect.stringMatching(/HAR.*, entry 3$/)],
    ['remarks', 'It went away.'],
  ]);
  expect(sourceFacts({ origin: { kind: 'example' }, end })).toEqual([]);
});
