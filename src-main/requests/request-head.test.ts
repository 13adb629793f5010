import { expect, test } from 'vitest';
import {
  keptResponseHeaders,
  redactedHeaders,
  redactedUrl,
  requestHeaders,
  responsesUrl,
} from './request-head.ts';

test.each([
  ['https://api.openai.com/v1', 'https://api.openai.com/v1/responses'],
  ['https://api.openai.com/v1/', 'https://api.openai.com/v1/responses'],
  ['http://localhost:11434', 'http://localhost:11434/responses'],
  [
    'https://r.openai.azure.com/openai/v1?api-version=preview',
    'https://r.openai.azure.com/openai/v1/responses?api-version=preview',
  ],
  ['https://h/v1#x', 'https://h/v1/responses'],
])('%s leads to %s', (base, url) => {
  expect(responsesUrl(base).href).toBe(url);
});

test('the endpoint overrides defaults, never the framing, and the key overrides all', () => {
  const endpoint = {
    headers: [
      ['Accept', 'x/y'],
      ['Content-Length', '1'],
      ['Transfer-Encoding', 'chunked'],
      ['AUTHORIZATION', 'Basic abc'],
      ['X-Trace', '7'],
    ] as [string, string][],
    keyHeader: 'authorization' as const,
  };
  const headers = Object.fromEntries(requestHeaders(endpoint, 'sk-key', 42));
  expect(headers).toEqual({
    Accept: 'x/y',
    'X-Trace': '7',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    'user-agent': 'deltascope',
    authorization: 'Bearer sk-key',
    'content-length': '42',
  });
  const azure = requestHeaders({ headers: [], keyHeader: 'api-key' }, 'k', 1);
  expect(azure).toContainEqual(['api-key', 'k']);
});

test('secrets leave their names only', () => {
  const kept = redactedHeaders([
    ['Authorization', 'Bearer a'],
    ['api-key', 'a'],
    ['X-Api-Key', 'a'],
    ['Cookie', 'a'],
    ['Proxy-Authorization', 'a'],
    ['X-My-Token', 'a'],
    ['Client-Secret', 'a'],
    ['accept', 'a'],
  ]);
  expect(kept.filter(([, value]) => value !== '•••')).toEqual([['accept', 'a']]);
  expect(kept).toHaveLength(8);
});

test('cookies of a response are left out, limits of tokens are not', () => {
  expect(
    keptResponseHeaders([
      'Set-Cookie',
      'a=b',
      'X-RateLimit-Remaining-Tokens',
      '12',
      'X-Id',
      '1',
      'x-id',
      '2',
    ]),
  ).toEqual([
    ['Set-Cookie', '•••'],
    ['X-RateLimit-Remaining-Tokens', '12'],
    ['X-Id', '1'],
    ['x-id', '2'],
  ]);
});

test('a kept URL has no password and no key', () => {
  const url = new URL('https://user:pass@h/v1?api-version=1&code=abc&key=def');
  expect(redactedUrl(url)).toBe('https://redacted@h/v1?api-version=1&code=redacted&key=redacted');
});
