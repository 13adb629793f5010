import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { httpServer } from '../testing/servers.ts';
import { RequestCopy } from './request-copy.ts';
import { startedProxy } from './testing/started-proxy.ts';

const KEY = 'sk-client-0123456789abcdef';
const IN_BODY = 'mcp-0123456789abcdef';
const IN_URL = 'url-0123456789abcdef';
const OURS = 'sk-ours-fedcba9876543210';

/** Every byte of a folder. */
function allOf(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? allOf(path) : readFileSync(path, 'latin1')))
    .join('\n');
}

test('keys pass, and are in no file and in no log', async () => {
  let asked = '';
  const upstream = await httpServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      asked = `${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(parts).toString()}`;
      response.writeHead(401, `Bad ${KEY}`, {
        'content-type': 'application/json',
        'x-echo': `${KEY}, ${IN_BODY}`,
        'set-cookie': 'session=cookie-0123456789',
      });
      response.end(JSON.stringify({ error: { message: `Wrong: ${KEY} ${IN_BODY} ${IN_URL}` } }));
    });
  });
  const { url, folder, capture, log } = await startedProxy(upstream);
  const body = JSON.stringify({
    model: 'm',
    tools: [{ type: 'mcp', authorization: IN_BODY }],
    input: `my key is ${KEY}`,
  });
  const answer = await fetch(`${url}/responses?key=${IN_URL}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'x-api-key': KEY, 'x-other': `also ${KEY}` },
    body,
  });
  expect(await answer.text()).toContain(`Wrong: ${KEY} ${IN_BODY} ${IN_URL}`);
  expect(answer.headers.get('x-echo')).toContain(KEY);
  for (const secret of [KEY, IN_BODY, IN_URL]) expect(asked).toContain(secret);
  const { meta } = await capture();
  const kept = allOf(folder) + JSON.stringify(log());
  for (const secret of [KEY, IN_BODY, IN_URL, 'cookie-0123456789'])
    expect(kept).not.toContain(secret);
  expect(meta.request!.headers).toContainEqual(['authorization', '•••']);
  expect(meta.request!.body).toContain('"input":"my key is •••"');
  expect(meta.end).toMatchObject({ kind: 'failed', by: 'server', code: 'http-401' });
});

test('a word that a client sends for want of a key changes no bytes', async () => {
  const said = '{"object":"chat.completion","system_fingerprint":"lm-studio"}';
  const upstream = await httpServer((request, response) =>
    request.resume().on('end', () => response.end(said)),
  );
  const { url, capture } = await startedProxy(upstream);
  const asked = '{"model":"lm-studio/x"}';
  const headers = { authorization: 'Bearer lm-studio' };
  await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body: asked });
  const { meta, body } = await capture();
  expect(body.toString()).toBe(said);
  expect(meta.request!.body).toBe(asked);
  expect(meta.request!.headers).toContainEqual(['authorization', '•••']);
  expect(meta.end!.message).not.toContain('secret');
});

test('a key in a path is in no log, and one of an address that the server redirects to in no capture', async () => {
  const upstream = await httpServer((_request, response) => {
    response.writeHead(307, { location: 'https://x.test/?key=redirect-0123456789' });
    response.end();
  });
  const { url, folder, capture, log } = await startedProxy(upstream);
  const headers = { authorization: `Bearer ${KEY}` };
  const answer = await fetch(`${url}/bot${KEY}/x`, { headers, redirect: 'manual' });
  expect(answer.headers.get('location')).toContain('redirect-0123456789');
  await capture();
  const kept = allOf(folder) + JSON.stringify(log());
  expect(kept).not.toContain(KEY);
  expect(kept).not.toContain('redirect-0123456789');
});

test("an endpoint's key takes the place of the client's, and is kept nowhere either", async () => {
  let headers: NodeJS.Dict<string | string[]> = {};
  const upstream = await httpServer((request, response) => {
    ({ headers } = request);
    response.end(`You sent ${OURS}`);
  });
  const asked: string[] = [];
  const { url, folder, capture } = await startedProxy(
    upstream,
    { keyOf: 'openai' },
    {
      headersOf: (endpoint, to) => {
        asked.push(`${endpoint} at ${to.href}`);
        return [
          ['OpenAI-Organization', 'org-1'],
          ['authorization', `Bearer ${OURS}`],
        ];
      },
    },
  );
  await fetch(`${url}/models`, {
    headers: { Authorization: `Bearer ${KEY}`, 'x-api-key': KEY, 'x-mine': '1' },
  });
  await capture();
  expect(asked).toEqual([`openai at ${upstream}`]);
  expect(headers).toMatchObject({
    authorization: `Bearer ${OURS}`,
    'openai-organization': 'org-1',
    'x-mine': '1',
  });
  expect(headers).not.toHaveProperty('x-api-key');
  const kept = allOf(folder);
  expect(kept).not.toContain(OURS);
  expect(kept).not.toContain(KEY);
});

test('an endpoint that is not there is said, and nothing is sent', async () => {
  let requests = 0;
  const upstream = await httpServer((_, response) => response.end(String(requests++)));
  const { url, capture } = await startedProxy(
    upstream,
    { keyOf: 'gone' },
    {
      headersOf: () => {
        throw new Refusal('no-such-endpoint', 'This endpoint is no longer there.');
      },
    },
  );
  const answer = await fetch(`${url}/models`, { method: 'POST', body: '{"model":"m"}' });
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain('This endpoint is no longer there.');
  expect((await capture()).meta.end).toMatchObject({ kind: 'failed', code: 'no-such-endpoint' });
  expect(requests).toBe(0);
});

test('of a long body the beginning is kept, and all of it is counted', () => {
  const copy = new RequestCopy(undefined, 10);
  for (const part of ['12345', '678901', '23']) copy.push(Buffer.from(part));
  expect(copy.text()).toEqual({
    text: '1234567890',
    note: " Of the 13 bytes of the request's body the first 10 bytes are kept; all were passed on.",
  });
  const compressed = new RequestCopy('gzip', 10);
  compressed.push(gzipSync('x'.repeat(11)));
  expect(compressed.text()).toMatchObject({ text: '' });
});

test.each([
  [
    { 'content-encoding': 'gzip' },
    gzipSync(`{"token":"${IN_BODY}","model":"m"}`),
    '{"token":"•••","model":"m"}',
    '',
  ],
  [
    { 'content-encoding': 'zstd' },
    Buffer.from(IN_BODY),
    '',
    'encoded as zstd: it was passed on and is not kept',
  ],
  [{}, Buffer.from([0x68, 0xff, 0x69]), 'h\ufffdi', 'is no text'],
])('a body that is no text as it stands: %j', async (headers, body, text, note) => {
  const upstream = await httpServer((request, response) =>
    request.resume().on('end', () => response.end()),
  );
  const { url, capture } = await startedProxy(upstream);
  await fetch(`${url}/x`, { method: 'POST', headers, body });
  const { meta } = await capture();
  expect(meta.request!.body).toBe(text);
  expect(meta.end!.message).toContain(note);
});
