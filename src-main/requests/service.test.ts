import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { Sender } from '../testing/sender.ts';
import { chunked, httpServer, rawServer, SSE_HEAD } from '../testing/servers.ts';
import { COMPLETED, CREATED } from '../testing/stores.ts';

const KEY = 'sk-secret-0123456789abcdef';
const events = { 'content-type': 'text/event-stream; charset=utf-8' };

function everyByteIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) =>
      statSync(path).isDirectory() ? everyByteIn(path) : readFileSync(path, 'latin1'),
    )
    .join('\n');
}

test('a stream is recorded as it comes, with times, head and end', async () => {
  let seen = '';
  const url = await httpServer((request, response) => {
    request.on('data', (chunk) => (seen += chunk));
    request.on('end', () => {
      response.writeHead(
        200,
        [
          ['Content-Type', 'text/event-stream'],
          ['X-Request-ID', 'r1'],
        ].flat(),
      );
      response.write(CREATED);
      response.end(COMPLETED);
    });
  });
  const sender = new Sender(url);
  const id = sender.send(
    '{"model":"m","text":{"format":{"type":"json_schema","name":"person","schema":{}}}}',
  );
  expect(sender.store.meta(id)).toMatchObject({ name: 'm · person', end: null, timed: true });
  const { meta, body, summary } = await sender.outcome(id);
  expect(JSON.parse(seen)).toMatchObject({ stream: true, model: 'm' });
  expect(body.toString()).toBe(CREATED + COMPLETED);
  expect(meta).toMatchObject({
    request: { method: 'POST', url: `${url}/responses`, body: seen },
    response: { status: 200, statusText: 'OK', httpVersion: '1.1' },
    end: { kind: 'closed', code: null },
  });
  expect(meta.response?.headers).toContainEqual(['X-Request-ID', 'r1']);
  const { connectUs, sentUs, firstByteUs, tlsUs } = meta.timing!;
  expect(connectUs).toBeGreaterThan(0);
  expect(sentUs).toBeGreaterThanOrEqual(connectUs!);
  expect(firstByteUs).toBeGreaterThanOrEqual(sentUs!);
  expect(tlsUs).toBeNull();
  expect(meta.end!.atUs).toBeGreaterThanOrEqual(firstByteUs!);
  expect(summary).toMatchObject({ status: 'completed', events: 2 });
});

test('chunks keep their boundaries, inside a frame and inside a character', async () => {
  const bytes = Buffer.from('\uFEFF: hi\r\ndata: {"type":"response.completed","x":"é"}\r\n\r\n');
  const cut = bytes.indexOf(0xa9);
  const url = await rawServer((socket) => {
    socket.write(SSE_HEAD);
    socket.write(chunked(bytes.subarray(0, cut)), () => {
      // The second part leaves when the first has been recorded, so that they are two reads.
      const wait = () => {
        const [summary] = sender.store.list();
        if (summary?.bytes === cut) {
          socket.end(Buffer.concat([chunked(bytes.subarray(cut)), Buffer.from('0\r\n\r\n')]));
        } else setImmediate(wait);
      };
      wait();
    });
  });
  const sender = new Sender(url);
  const id = sender.send();
  const { body, summary } = await sender.outcome(id);
  expect(body).toEqual(bytes);
  const chunks = readFileSync(sender.store.paths(id).chunks, 'utf8').trim().split('\n');
  expect(chunks.map((line) => JSON.parse(line)[1])).toEqual([cut, bytes.length - cut]);
  expect(summary).toMatchObject({ status: 'completed', events: 1 });
});

describe('answers that are no stream', () => {
  const answers = (status: number, headers: Record<string, string>, body: string) => async () =>
    httpServer((_request, response) => response.writeHead(status, headers).end(body));

  test.each([
    [
      '401 with the nested error body, no key',
      answers(
        401,
        {},
        '{"error":{"message":"Missing key","type":"auth","code":"no_key","param":null}}',
      ),
      'http-401',
      'HTTP 401 Unauthorized: Missing key (no_key). No key was sent: set one for this endpoint.',
    ],
    [
      '404 with a flat error body',
      answers(404, { 'content-type': 'application/octet-stream' }, '{"message":"no route"}'),
      'http-404',
      'HTTP 404 Not Found: no route. Check the base URL: /responses is appended to it (often it ends in /v1).',
    ],
    [
      '429 with a time to wait',
      answers(
        429,
        { 'Retry-After': '20' },
        '{"error":{"message":"Slow down.","code":"slow_down"}}',
      ),
      'http-429',
      'HTTP 429 Too Many Requests: Slow down. (slow_down). The server asks to wait 20 s.',
    ],
    [
      '429 that waiting does not heal',
      answers(429, {}, '{"error":{"message":"No credit","code":"insufficient_quota"}}'),
      'http-429',
      'HTTP 429 Too Many Requests: No credit (insufficient_quota). Sending again will not help.',
    ],
    [
      'Anthropic says which limit is used up',
      answers(
        429,
        {
          'retry-after': '31',
          'anthropic-ratelimit-requests-remaining': '12',
          'anthropic-ratelimit-input-tokens-remaining': '0',
          'anthropic-ratelimit-input-tokens-reset': '2026-11-23T02:00:31Z',
        },
        '{"type":"error","error":{"type":"rate_limit_error","message":"Too fast"},"request_id":"r"}',
      ),
      'http-429',
      'HTTP 429 Too Many Requests: Too fast (rate_limit_error). The limit of input tokens is used up, reset at 2026-11-23T02:00:31Z. The server asks to wait 31 s.',
    ],
    [
      'OpenRouter hands on what the provider says',
      answers(
        502,
        { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' },
        '{"error":{"code":502,"message":"Provider returned error","metadata":{"provider_name":"Somebody","raw":"{\\"error\\":\\"no GPU\\"}"}}}',
      ),
      'http-502',
      'HTTP 502 Bad Gateway: Provider returned error (502). Somebody says: no GPU. The limit of requests is used up, reset in 6m0s.',
    ],
    [
      'a list of faults, as vLLM has them',
      answers(422, {}, '{"detail":[{"loc":["body","messages"],"msg":"Field required"}]}'),
      'http-422',
      'HTTP 422 Unprocessable Entity: body.messages: Field required.',
    ],
    [
      'a redirect, which is not followed',
      answers(307, { location: 'https://other/v1/responses' }, ''),
      'http-307',
      'HTTP 307 Temporary Redirect. The server redirects to https://other/v1/responses; redirects are not followed: change the base URL if that is right.',
    ],
    [
      '500 with a page',
      answers(500, { 'content-type': 'text/html' }, '<html>oops</html>'),
      'http-500',
      "HTTP 500 Internal Server Error. This is the server's own failure; sending again may help.",
    ],
    [
      'JSON instead of a stream',
      answers(200, { 'content-type': 'application/json' }, '{"id":"resp_1"}'),
      'not-event-stream',
      'The answer is no event stream: it has the content type application/json and 15 bytes. The server may not support "stream": true, or the base URL leads elsewhere.',
    ],
  ])('%s', async (_name, serve, code, message) => {
    const { meta, body, summary } = await new Sender(await serve()).sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'failed', code, message });
    expect(summary.status).toBe('failed');
    expect(body.length).toBe(summary.bytes);
    expect(meta.response?.status).toBeGreaterThan(0);
  });

  test('an event stream under another content type is read, and the end says so', async () => {
    const url = await httpServer((_request, response) => response.end(CREATED + COMPLETED));
    const { meta, summary } = await new Sender(url).sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'closed', code: 'content-type' });
    expect(summary).toMatchObject({ status: 'completed', events: 2 });
  });

  test.each([
    ['application/x-ndjson; charset=utf-8', null],
    ['application/json', 'content-type'],
  ])('lines of JSON under %s', async (type, code) => {
    const lines = '{"message":{"content":"Hi"},"done":false}\n{"message":{},"done":true}\n';
    const url = await httpServer((_request, response) =>
      response.writeHead(200, { 'content-type': type }).end(lines),
    );
    const { meta, body, summary } = await new Sender(url).sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'closed', code });
    expect(body.toString()).toBe(lines);
    expect(summary).toMatchObject({ events: 2, problems: [] });
  });

  test('a JSON array that grows', async () => {
    const elements = '[{"candidates":[]}\n,\r\n{"candidates":[]}\n]';
    const url = await httpServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(elements),
    );
    const { meta, summary } = await new Sender(url).sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'closed', code: null });
    expect(summary).toMatchObject({ events: 2, problems: [] });
  });

  test('an error is no event, whatever it looks like', async () => {
    const url = await httpServer((_request, response) =>
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"no model"}\n'),
    );
    const { summary } = await new Sender(url).sendAndWait();
    expect(summary).toMatchObject({ status: 'failed', events: 0, problems: [] });
  });

  test('a stream without a byte', async () => {
    const url = await httpServer((_request, response) => response.writeHead(200, events).end());
    const { meta, summary } = await new Sender(url).sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'closed', code: 'empty' });
    expect(summary.status).toBe('disconnected');
  });
});

describe('compressed although it was asked not to', () => {
  const text = CREATED + COMPLETED;
  test.each([
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
  ])('%s is undone and said', async (encoding, bytes) => {
    let asked: string | undefined;
    const url = await httpServer((request, response) => {
      asked = String(request.headers['accept-encoding']);
      response.writeHead(200, { ...events, 'content-encoding': encoding });
      response.end(bytes);
    });
    const { meta, body, summary } = await new Sender(url).sendAndWait();
    expect(asked).toBe('identity');
    expect(body.toString()).toBe(text);
    expect(meta.end).toMatchObject({
      kind: 'closed',
      message: expect.stringContaining(`(${encoding})`),
    });
    expect(summary.status).toBe('completed');
  });

  test('a compressed stream that is cut gives what it held', async () => {
    const bytes = gzipSync(CREATED.repeat(50));
    const url = await rawServer((socket) => {
      socket.write(SSE_HEAD.replace('\r\n\r\n', '\r\nContent-Encoding: gzip\r\n\r\n'));
      socket.end(chunked(bytes.subarray(0, bytes.length - 12)));
    });
    const { meta, body } = await new Sender(url).sendAndWait();
    expect(body.length).toBeGreaterThan(CREATED.length);
    expect(meta.end?.kind).toBe('disconnected');
  });

  test('damage is said', async () => {
    const url = await httpServer((_request, response) => {
      response.writeHead(200, { ...events, 'content-encoding': 'gzip' });
      response.end('not gzip at all');
    });
    const { meta } = await new Sender(url).sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'disconnected', code: 'Z_DATA_ERROR' });
  });
});

describe('stopping', () => {
  test('keeps what came and closes the connection; others go on', async () => {
    const open: ServerResponse[] = [];
    const closed: Promise<unknown>[] = [];
    const url = await httpServer((_request, response) => {
      response.writeHead(200, events);
      response.write(CREATED);
      open.push(response);
      closed.push(new Promise((resolve) => response.once('close', resolve)));
    });
    const sender = new Sender(url);
    const [first, second] = [sender.send(), sender.send()];
    await vi.waitUntil(() => sender.store.list().every((summary) => summary.events === 1));
    sender.service.stop(first);
    const { meta, body, summary } = await sender.outcome(first);
    expect(body.toString()).toBe(CREATED);
    expect(meta.end).toMatchObject({
      kind: 'aborted',
      message: expect.stringContaining('Stopped by you after'),
    });
    expect(summary.status).toBe('aborted');
    expect(sender.store.summary(second).status).toBe('streaming');
    await Promise.race(closed);
    sender.service.stopAll();
    expect(sender.store.summary(second).status).toBe('aborted');
    sender.service.stop(second);
  });

  test('before the answer', async () => {
    const url = await rawServer(() => undefined);
    const sender = new Sender(url);
    const id = sender.send();
    sender.service.stop(id);
    const { meta } = await sender.outcome(id);
    expect(meta.end).toMatchObject({
      kind: 'aborted',
      message: expect.stringContaining('had not answered yet'),
    });
  });
});

describe('secrets', () => {
  test('the key is sent, and is nowhere in the folder, even if the server quotes it', async () => {
    let sent: string | undefined;
    const url = await httpServer((request, response) => {
      sent = request.headers.authorization;
      response.writeHead(401, { 'x-echo': `${KEY} other-secret`, 'set-cookie': 'session=abcdef' });
      const quote = `{"error":{"message":"Incorrect API key provided: ${KEY}, other-secret."}}`;
      response.write(quote.slice(0, 60));
      setImmediate(() => response.end(quote.slice(60)));
    });
    const sender = new Sender(url, {
      key: KEY,
      endpoint: { headers: [['X-Org-Token', 'other-secret']] },
    });
    const { meta } = await sender.sendAndWait(
      `{"model":"m","metadata":{"k":"${KEY}","t":"other-secret"}}`,
    );
    expect(sent).toBe(`Bearer ${KEY}`);
    expect(meta.end?.message).toContain("check this endpoint's key");
    expect(meta.request?.headers).toContainEqual(['authorization', '•••']);
    expect(meta.end?.message).toContain('asterisks stand for it');
    const kept = everyByteIn(sender.folder);
    expect(kept).not.toContain(KEY);
    expect(kept).not.toContain('other-secret');
    expect(kept).not.toContain('session=abcdef');
  });
});

test('each API has its path and headers; Anthropic has its key in a header of its own', async () => {
  const seen: unknown[] = [];
  const url = await httpServer(({ method, url: path, headers }, response) => {
    const { authorization, 'x-api-key': key, 'anthropic-version': version } = headers;
    seen.push([method, path, authorization, key, version]);
    response.writeHead(200, events).end('data: {}\n\n');
  });
  const sent = { key: KEY, endpoint: { api: 'chat' as const } };
  await new Sender(url, sent).sendAndWait();
  const messages = new Sender(url, {
    key: KEY,
    endpoint: { api: 'messages', keyHeader: 'x-api-key' },
  });
  const { meta } = await messages.sendAndWait();
  expect(seen).toEqual([
    ['POST', '/v1/chat/completions', `Bearer ${KEY}`, undefined, undefined],
    ['POST', '/v1/messages', undefined, KEY, '2023-06-01'],
  ]);
  expect(meta.request?.headers).toContainEqual(['x-api-key', '•••']);
  expect(everyByteIn(messages.folder)).not.toContain(KEY);
});

test('a body that is no JSON makes no capture', async () => {
  const sender = new Sender('http://127.0.0.1:1/v1');
  expect(() => sender.send('{"a":')).toThrow('line 1, column 6');
  expect(sender.store.list()).toEqual([]);
});
