import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { chunked, listening, SSE_HEAD } from '../testing/servers.ts';
import { CREATED } from '../testing/stores.ts';
import { RawClient } from './testing/raw-client.ts';
import { type RawRequest, rawUpstream } from './testing/raw-upstream.ts';
import { startedProxy } from './testing/started-proxy.ts';

/** What the upstream gets of a request, and the client of an answer. */
async function exchanged(
  request: { head: string[]; body?: string | Buffer; until?: string },
  answer: string | Buffer,
  upstreamPath = '',
) {
  let got: string[] = [];
  let body: () => Buffer = () => Buffer.alloc(0);
  const upstream = await rawUpstream((asked) => {
    ({ head: got, body } = asked);
    void asked.hears(request.until ?? '').then(() => asked.socket.end(answer));
  });
  const started = await startedProxy(upstream + upstreamPath);
  const client = new RawClient(started.url);
  client.say(request.head, request.body);
  return { ...started, upstream, client, got: () => got, body: () => body().toString('latin1') };
}

const DONE = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

test('a request keeps order, case and repetition of its headers, less those of the connection', async () => {
  const { client, got, body, upstream } = await exchanged(
    {
      head: [
        'POST /responses HTTP/1.1',
        'X-Stainless-Lang: js',
        'connection: Keep-Alive, X-Hop, Content-Length',
        'X-Hop: only for the proxy',
        'Keep-Alive: timeout=5',
        'Proxy-Connection: keep-alive',
        'TE: trailers',
        'Upgrade: h2c',
        'accept-Encoding: gzip, br',
        'X-Twice: 1',
        'content-length: 4',
        'x-twice: 2',
      ],
      body: 'body',
      until: 'body',
    },
    DONE,
    '/v1',
  );
  await client.hears('ok');
  expect(got()).toEqual([
    'POST /v1/responses HTTP/1.1',
    `Host: ${new URL(upstream).host}`,
    'X-Stainless-Lang: js',
    'accept-Encoding: gzip, br',
    'X-Twice: 1',
    'content-length: 4',
    'x-twice: 2',
    'Connection: close',
  ]);
  expect(body()).toBe('body');
});

test('an answer keeps status text, order, case and repetition of its headers, and gets none of ours', async () => {
  const { client } = await exchanged(
    { head: ['GET /models HTTP/1.1'] },
    'HTTP/1.1 299 Almost fine\r\nset-Cookie: a=1\r\nX-B: 2\r\nConnection: close, X-Hop\r\n' +
      'X-Hop: 1\r\nKeep-Alive: timeout=9\r\nSet-Cookie: c=2\r\nContent-Length: 2\r\n\r\nok',
  );
  await client.hears('\r\n\r\nok');
  expect(client.text).toBe(
    'HTTP/1.1 299 Almost fine\r\nset-Cookie: a=1\r\nX-B: 2\r\nSet-Cookie: c=2\r\n' +
      'Content-Length: 2\r\nConnection: keep-alive\r\n\r\nok',
  );
});

test('bytes of heads that are not ASCII pass as they are, in both directions', async () => {
  const { client, got } = await exchanged(
    { head: ['GET /models HTTP/1.1', 'X-L: caf\xe9 \xc3\xa9'] },
    Buffer.from(DONE.replace('\r\n', '\r\nX-A: caf\xe9 \xc3\xa9\r\n'), 'latin1'),
  );
  await client.hears('\r\n\r\nok');
  expect(got()).toContain('X-L: caf\xe9 \xc3\xa9');
  expect(client.text).toContain('\r\nX-A: caf\xe9 \xc3\xa9\r\n');
});

test.each([
  ['/responses?x=y', '/v1', '/v1/responses?x=y'],
  ['/v1/responses', '/v1', '/v1/responses'],
  ['/v1', '/v1/', '/v1'],
  ['/v10/responses', '/v1', '/v1/v10/responses'],
  ['/v1/messages', '', '/v1/messages'],
  ['/a%2Fb/../c?q=%20', '/v1', '/v1/a%2Fb/../c?q=%20'],
  ['/chat?b=2', '/openai?api-version=1', '/openai/chat?api-version=1&b=2'],
  ['/?a', '', '/?a'],
])('%s at %s is %s', async (path, upstreamPath, expected) => {
  const { client, got } = await exchanged({ head: [`GET ${path} HTTP/1.1`] }, DONE, upstreamPath);
  await client.hears('ok');
  expect(got()[0]).toBe(`GET ${expected} HTTP/1.1`);
});

test('a body in chunks with trailers passes in both directions', async () => {
  const sent = 'part one, part two';
  const { client, got, body } = await exchanged(
    {
      head: ['POST /v1/x HTTP/1.1', 'Transfer-Encoding: chunked', 'Trailer: X-Sum'],
      body: Buffer.concat([chunked(sent), Buffer.from('0\r\nX-Sum: 7\r\n\r\n')]),
      until: 'X-Sum: 7',
    },
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-End\r\n\r\n3\r\nabc\r\n0\r\nX-End: 1\r\n\r\n',
  );
  await client.hears('X-End: 1');
  expect(got()).toContain('Transfer-Encoding: chunked');
  expect(body()).toBe(`12\r\n${sent}\r\n0\r\nX-Sum: 7\r\n\r\n`);
  expect(client.text).toMatch(
    /Transfer-Encoding: chunked\r\n[\s\S]*\r\n\r\n3\r\nabc\r\n0\r\nX-End: 1\r\n\r\n$/,
  );
});

test('a request without a body has none at the upstream', async () => {
  const { client, got, body } = await exchanged({ head: ['POST /v1/cancel HTTP/1.1'] }, DONE);
  await client.hears('ok');
  expect(got()).toContain('Content-Length: 0');
  expect(body()).toBe('');
});

test('a body that ends with the connection ends so for the client', async () => {
  const { client, capture } = await exchanged(
    { head: ['GET /v1/x HTTP/1.1'] },
    'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n',
  );
  expect(await client.over()).toBe('end');
  expect(client.text).toBe(
    'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: 1\n\n',
  );
  expect((await capture()).meta.end).toMatchObject({ kind: 'closed', by: 'server' });
});

test('a client of HTTP/1.0 gets no chunks', async () => {
  const { client } = await exchanged(
    { head: ['GET /v1/x HTTP/1.0'] },
    Buffer.concat([Buffer.from(SSE_HEAD), chunked('data: 1\n\n'), Buffer.from('0\r\n\r\n')]),
  );
  expect(await client.over()).toBe('end');
  expect(client.text).toMatch(/\r\n\r\ndata: 1\n\n$/);
  expect(client.text).not.toContain('Transfer-Encoding');
});

test.each([
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 12\r\nX-A: b\r\n\r\n', 'Content-Length: 12'],
  ['DELETE', 'HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n', 'X-A: b'],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n', 'ETag: "x"'],
])('%s has an answer without a body, and the connection goes on', async (method, answer, line) => {
  const { client, capture, store, url } = await exchanged(
    { head: [`${method} /v1/x HTTP/1.1`] },
    answer,
  );
  await client.hears('\r\n\r\n');
  expect(client.text).toContain(line);
  expect(client.text).toContain('Connection: keep-alive');
  const { meta } = await capture();
  expect(meta.end).toMatchObject({ kind: 'closed', code: 'whole-answer' });
  expect(meta.name).toBe(`${method} /v1/x`);
  expect(store.summary(meta.id)).toMatchObject({ status: 'completed', problems: [], events: 0 });
  expect(client.ended).toBeNull();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('the upstream says whether it wants the body, and the client waits for that', async () => {
  let asked: (request: RawRequest) => void = () => undefined;
  const asking = new Promise<RawRequest>((resolve) => (asked = resolve));
  const { url, capture } = await startedProxy(await rawUpstream((request) => asked(request)));
  const client = new RawClient(url);
  client.say(['POST /v1/x HTTP/1.1', 'Content-Length: 8', 'Expect: 100-continue']);
  const request = await asking;
  expect(request.head).toContain('Expect: 100-continue');
  expect(client.text).toBe('');
  const before = request.body().toString();
  request.socket.write('HTTP/1.1 100 Continue\r\n\r\n');
  await client.hears('100 Continue');
  client.socket.write('the body');
  await request.hears('the body');
  request.socket.end(DONE);
  await client.hears('\r\n\r\nok');
  expect(before).toBe('');
  expect((await capture()).meta.request?.body).toBe('the body');
});

test('early hints pass', async () => {
  const { client } = await exchanged(
    { head: ['GET /v1/x HTTP/1.1'] },
    `HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n${DONE}`,
  );
  await client.hears('\r\n\r\nok');
  expect(client.text).toMatch(/^HTTP\/1.1 103 Early Hints\r\nLink: <\/a>; rel=preload\r\n/);
});

test('the first event is with the client while the server is silent', async () => {
  const upstream = await rawUpstream(({ socket }) => {
    socket.write(SSE_HEAD);
    socket.write(chunked(CREATED));
  });
  const { url, store, log } = await startedProxy(upstream);
  const client = new RawClient(url);
  client.say(['GET /v1/responses/r?stream=true HTTP/1.1']);
  await client.hears('response.created');
  const id = log()[0]!.capture!;
  expect(store.summary(id)).toMatchObject({ status: 'streaming', events: 1 });
});

test('WebSockets are refused, other protocols are not asked for', async () => {
  const { url, log } = await startedProxy('http://127.0.0.1:1');
  const client = new RawClient(url);
  client.say(['GET /v1/realtime HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket']);
  await client.hears('501 Not Implemented');
  await client.hears('passes no WebSockets on');
  expect(log()).toMatchObject([{ status: 501, capture: null }]);
});

test('a foreign Host or Origin is refused, and nothing is recorded', async () => {
  let asked = 0;
  const upstream = `http://127.0.0.1:${await listening(createServer(() => asked++))}`;
  const { url, store, log } = await startedProxy(upstream);
  for (const line of [
    'Host: evil.example',
    `Host: ${new URL(url).host}\r\nOrigin: https://evil.example`,
  ]) {
    const client = new RawClient(url);
    client.socket.write(`POST /v1/responses HTTP/1.1\r\n${line}\r\nContent-Length: 2\r\n\r\n{}`);
    await client.hears('403 Forbidden');
  }
  expect(asked).toBe(0);
  expect(store.list()).toEqual([]);
  expect(log().map(({ status }) => status)).toEqual([403, 403]);
});
