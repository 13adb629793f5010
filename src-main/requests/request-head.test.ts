import { expect, test } from 'vitest';
import {
  keptResponseHeaders,
  redactedHeaders,
  redactedUrl,
  requestHeaders,
  requestUrl,
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
  expect(requestUrl(base, 'responses').href).toBe(url);
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
    api: 'responses' as const,
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
  const azure = requestHeaders({ api: 'chat', headers: [], keyHeader: 'api-key' }, 'k', 1);
  expect(azure).toContainEqual(['api-key', 'k']);
});

test('each API has its path; Messages has a version, which an endpoint may set', () => {
  expect(requestUrl('https://h/v1', 'chat').href).toBe('https://h/v1/chat/completions');
  expect(requestUrl('https://h/v1/?a=b', 'messages').href).toBe('https://h/v1/messages?a=b');
  const sent = (headers: [string, string][]) =>
    requestHeaders({ api: 'messages', headers, keyHeader: 'x-api-key' }, 'k', 1);
  expect(sent([])).toEqual(
    expect.arrayContaining([
      ['anthropic-version', '2023-06-01'],
      ['x-api-key', 'k'],
    ]),
  );
  const versions = sent([['Anthropic-Version', '2099-01-01']]).filter(([name]) =>
    /^anthropic-version$/i.test(name),
  );
  expect(versions).toEqual([['Anthropic-Version', '2099-01-01']]);
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
