import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer as createHttp, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { Sender } from '../testing/sender.ts';
import {
  chunked,
  closedPort,
  httpServer,
  listening,
  rawServer,
  SSE_HEAD,
} from '../testing/servers.ts';
import { COMPLETED, CREATED } from '../testing/stores.ts';
import { trustedCertificates } from './certificates.ts';
import { proxyFor } from './connection.ts';

const KEY = 'sk-secret-0123456789abcdef';
const tlsFile = (name: string) => join(import.meta.dirname, '../testing/tls', name);
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
  const id = sender.send('{"model":"m","text":{"format":{"name":"person"}}}');
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

  test('a stream without a byte', async () => {
    const url = await httpServer((_request, response) => response.writeHead(200, events).end());
    const { meta, summary } = await new Sender(url).sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'closed', code: 'empty' });
    expect(summary.status).toBe('disconnected');
  });
});

describe('connections that fail', () => {
  test('nobody listens', async () => {
    const port = await closedPort();
    const { meta, body, summary } = await new Sender(`http://127.0.0.1:${port}/v1`).sendAndWait();
    expect(meta.end).toMatchObject({
      kind: 'failed',
      code: 'ECONNREFUSED',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ refused the connection/),
    });
    expect(meta.response).toBeNull();
    expect(body).toHaveLength(0);
    expect(summary.status).toBe('failed');
  });

  test('a name that does not exist', async () => {
    const { meta } = await new Sender('http://nowhere.invalid/v1').sendAndWait();
    expect(meta.end?.kind).toBe('failed');
    expect(meta.end?.code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  test('a connection that is closed without an answer', async () => {
    const url = await rawServer((socket) => socket.destroy());
    const { meta } = await new Sender(url).sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'failed', code: 'ECONNRESET' });
    expect(meta.end?.message).toMatch(/closed the connection without an answer/);
  });

  test('an answer that is not HTTP', async () => {
    const url = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    const { meta } = await new Sender(url).sendAndWait();
    expect(meta.end?.message).toMatch(/did not answer in HTTP/);
  });

  test('TLS where there is none', async () => {
    const url = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const { meta } = await new Sender(url.replace('http:', 'https:')).sendAndWait();
    expect(meta.end?.message).toMatch(/does not speak TLS/);
  });

  test('headers that HTTP does not allow', async () => {
    const url = await httpServer((_request, response) => response.end());
    const sender = new Sender(url, { endpoint: { headers: [['x-name', 'ä\u{1F600}']] } });
    const { meta } = await sender.sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'failed', code: 'ERR_INVALID_CHAR' });
  });
});

describe('streams that break', () => {
  test('a cut inside a frame keeps what came', async () => {
    const part = `${CREATED}data: {"type":"resp`;
    const url = await rawServer((socket) => {
      socket.write(SSE_HEAD);
      socket.end(chunked(part));
    });
    const { meta, body, summary } = await new Sender(url).sendAndWait();
    expect(body.toString()).toBe(part);
    expect(meta.end).toMatchObject({
      kind: 'disconnected',
      message: expect.stringContaining(`The connection broke after ${part.length} bytes`),
    });
    expect(summary).toMatchObject({ status: 'disconnected', events: 1 });
    expect(summary.problems).toBeGreaterThan(0);
  });

  test('a body shorter than its length', async () => {
    const url = await rawServer((socket) =>
      socket.end(
        `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 999\r\n\r\n${CREATED}`,
      ),
    );
    const { meta, body } = await new Sender(url).sendAndWait();
    expect(body.toString()).toBe(CREATED);
    expect(meta.end?.kind).toBe('disconnected');
  });

  test('a cut before the first byte', async () => {
    const url = await rawServer((socket) => socket.end(SSE_HEAD));
    const { meta } = await new Sender(url).sendAndWait();
    expect(meta.end?.message).toMatch(/^The connection broke before the first byte of the body/);
  });

  test('damaged chunks', async () => {
    const url = await rawServer((socket) => socket.end(`${SSE_HEAD}5\r\nhello\r\nzz\r\n`));
    const { meta, body } = await new Sender(url).sendAndWait();
    expect(body.toString()).toBe('hello');
    expect(meta.end).toMatchObject({ kind: 'disconnected', code: 'HPE_INVALID_CHUNK_SIZE' });
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

describe('TLS', () => {
  async function tlsServer(name = ''): Promise<number> {
    const key = readFileSync(tlsFile(`${name}key.pem`));
    const cert = readFileSync(tlsFile(`${name}certificate.pem`));
    return listening(
      createHttps({ key, cert }, (_request, response) =>
        response.writeHead(200, events).end(CREATED + COMPLETED),
      ),
    );
  }

  test('a self-signed certificate is refused with advice', async () => {
    const { meta } = await new Sender(`https://localhost:${await tlsServer()}/v1`).sendAndWait();
    expect(meta.end).toMatchObject({
      kind: 'failed',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      message: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  test('it is trusted when the environment names it', async () => {
    const ca = trustedCertificates(
      { NODE_EXTRA_CA_CERTS: tlsFile('certificate.pem') },
      expect.fail,
    )!;
    expect(ca).toHaveLength(rootCertificates.length + 1);
    const sender = new Sender(`https://localhost:${await tlsServer()}/v1`, { ca });
    const { meta, summary } = await sender.sendAndWait();
    expect(summary.status).toBe('completed');
    expect(meta.timing?.tlsUs).toBeGreaterThan(meta.timing!.connectUs!);
    expect(meta.timing?.dnsUs).toBeGreaterThan(0);
  });

  test('a certificate for another name is refused', async () => {
    const ca = [readFileSync(tlsFile('other-certificate.pem'), 'utf8')];
    const { meta } = await new Sender(`https://localhost:${await tlsServer('other-')}/v1`, {
      ca,
    }).sendAndWait();
    expect(meta.end).toMatchObject({ kind: 'failed', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  test('a certificate file that is none is said', () => {
    const notices: string[] = [];
    const notice = (message: string) => notices.push(message);
    expect(trustedCertificates({ NODE_EXTRA_CA_CERTS: tlsFile('README.md') }, notice)).toBeNull();
    expect(trustedCertificates({ SSL_CERT_FILE: tlsFile('missing.pem') }, notice)).toBeNull();
    expect(trustedCertificates({}, notice)).toBeNull();
    expect(notices).toEqual([
      expect.stringContaining('holds no certificate'),
      expect.stringContaining("can't be read"),
    ]);
  });
});

describe('proxies', () => {
  test.each([
    ['http://localhost:1/v1', ''],
    ['http://127.0.0.1:1/v1', ''],
    ['http://127.9.9.9/v1', ''],
    ['http://[::1]:1/v1', ''],
    ['http://app.localhost/v1', ''],
    ['http://left-out.test/v1', ''],
    ['http://api.test/v1', 'http://proxy.test:8080'],
    ['http://127.0.0.1.evil.test/v1', 'http://proxy.test:8080'],
  ])('%s goes by %j', (url, proxy) => {
    vi.stubEnv('http_proxy', 'http://proxy.test:8080');
    vi.stubEnv('no_proxy', 'left-out.test');
    expect(proxyFor(new URL(url))).toBe(proxy);
    vi.unstubAllEnvs();
  });

  test('a request goes through a real proxy, plain and tunnelled', async () => {
    const seen: string[] = [];
    const target = Number(
      new URL(
        await httpServer((_request, response) =>
          response.writeHead(200, events).end(CREATED + COMPLETED),
        ),
      ).port,
    );
    const secure = createHttps(
      {
        key: readFileSync(tlsFile('other-key.pem')),
        cert: readFileSync(tlsFile('other-certificate.pem')),
      },
      (_request, response) => response.writeHead(200, events).end(CREATED + COMPLETED),
    );
    const securePort = await listening(secure);
    const proxy = createHttp((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      const { port } = new URL(`http://127.0.0.1:${target}`);
      const onward = connect(Number(port), '127.0.0.1', () => {
        onward.write(
          'POST /v1/responses HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
        );
      });
      onward.pipe(response.socket!);
    });
    proxy.on('connect', (request, socket) => {
      seen.push(`CONNECT ${request.url}`);
      const onward = connect(securePort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    const proxyUrl = `http://127.0.0.1:${await listening(proxy)}`;
    vi.stubEnv('http_proxy', proxyUrl);
    vi.stubEnv('https_proxy', proxyUrl);
    try {
      const plain = await new Sender('http://api.test/v1').sendAndWait();
      expect(plain.summary.status).toBe('completed');
      const ca = [readFileSync(tlsFile('other-certificate.pem'), 'utf8')];
      const tunnelled = await new Sender('https://other.example/v1', { ca }).sendAndWait();
      expect(tunnelled.summary.status).toBe('completed');
      expect(seen).toEqual(['POST http://api.test/v1/responses', 'CONNECT other.example:443']);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('a proxy that can not be used is said', async () => {
    vi.stubEnv('http_proxy', 'socks5://127.0.0.1:1');
    const { meta } = await new Sender('http://api.test/v1').sendAndWait();
    vi.unstubAllEnvs();
    expect(meta.end?.message).toMatch(/names a socks5 proxy/);
  });
});

test('a body that is no JSON makes no capture', async () => {
  const sender = new Sender('http://127.0.0.1:1/v1');
  expect(() => sender.send('{"a":')).toThrow('line 1, column 6');
  expect(sender.store.list()).toEqual([]);
});
