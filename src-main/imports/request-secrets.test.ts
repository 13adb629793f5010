import { expect, test } from 'vitest';
import { har, harEntry, imported } from '../testing/imported.ts';
import { keptRequest, secretsOfRequest } from './request-secrets.ts';

const SECRET = 'mcp-oauth-SECRET-555666';

const kept = (url: string, body = '') => {
  const request = { method: 'POST', url, headers: [], body };
  return keptRequest(request, secretsOfRequest(request));
};

test.each([
  [`/v1beta/models/g?alt=sse&key=${SECRET}`, '/v1beta/models/g?alt=sse&key=redacted'],
  [`https://a.test/v1#access_token=${SECRET}&x=1`, 'https://a.test/v1#access_token=redacted&x=1'],
  [`https://me:${SECRET}@a.test/v1`, 'https://redacted@a.test/v1'],
  [`https://[bad/${SECRET}?api%5Fkey=${SECRET}`, 'https://[bad/•••?api%5Fkey=redacted'],
  [`//a.test/?sig=${SECRET}`, '//a.test/?sig=redacted'],
  ['https://a.test/v1?beta=true&api-version=1', 'https://a.test/v1?beta=true&api-version=1'],
])('%s keeps no secret', (url, expected) => {
  expect(kept(url).url).toBe(expected);
});

test('a form and headers that are addresses keep no secret', () => {
  const request = {
    method: 'POST',
    url: 'https://a.test/token',
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Referer', `https://me:pw@b.test/?key=${SECRET}&v=1`],
      ['User-Agent', 'x (+https://c.test)'],
    ] as [string, string][],
    body: `grant_type=client_credentials&client_secret=${SECRET}&scope=a`,
  };
  const secrets = secretsOfRequest(request);
  expect(secrets).toContain(SECRET);
  const { headers, body } = keptRequest(request, secrets);
  expect(headers.slice(1)).toEqual([
    ['Referer', 'https://redacted@b.test/?key=redacted&v=1'],
    ['User-Agent', 'x (+https://c.test)'],
  ]);
  expect(body).toBe('grant_type=client_credentials&client_secret=redacted&scope=a');
});

test('members of a body that hold secrets are struck out, and all else stays as written', () => {
  const body = `{ "tools":[{"type":"mcp","authorization" : "${SECRET}","headers":{"Authorization":"Bearer a\\"b","X-Id":"7"}}],
  "api_key":"short", "prompt_cache_key":"user-42", "max_tokens": 5, "author":"me", "input":"the \\"token\\": \\"x\\"" }`;
  expect(kept('https://a.test', body).body)
    .toBe(`{ "tools":[{"type":"mcp","authorization" : "•••","headers":{"Authorization":"•••","X-Id":"7"}}],
  "api_key":"•••", "prompt_cache_key":"user-42", "max_tokens": 5, "author":"me", "input":"the \\"token\\": \\"x\\"" }`);
  expect(kept('https://a.test', `{"api_key":"${SECRET}`).body).toBe('{"api_key":"•••');
  const deep = '{"a":'.repeat(50_000);
  expect(kept('https://a.test', `${deep}{"token":"${SECRET}"}`).body).toBe(
    `${deep}{"token":"•••"}`,
  );
});

test('a secret of the body that the server repeats is masked in the stream', async () => {
  const text = `data: {"tools":[{"authorization":"${SECRET}"}]}\n\n`;
  const entry = harEntry({ content: { size: 1, mimeType: 'text/event-stream', text } });
  entry.request.postData.text = `{"stream":true,"tools":[{"authorization":"${SECRET}"}]}`;
  const { captures } = await imported(har([entry]));
  expect(captures[0]!.body.toString()).toBe(text.replace(SECRET, '*'.repeat(SECRET.length)));
  expect(captures[0]!.text).not.toContain(SECRET);
});
