import { readFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
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

const tlsFile = (name: string) => join(import.meta.dirname, '../testing/tls', name);
const events = { 'content-type': 'text/event-stream; charset=utf-8' };

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
    expect(summary.problems).not.toEqual([]);
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
