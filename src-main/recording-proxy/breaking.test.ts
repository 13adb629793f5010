import { createServer } from 'node:http';
import { expect, test, vi } from 'vitest';
import {
  chunked,
  closedPort,
  httpServer,
  listening,
  rawServer,
  SSE_HEAD,
} from '../testing/servers.ts';
import { COMPLETED, CREATED } from '../testing/stores.ts';
import { RawClient } from './testing/raw-client.ts';
import { type RawRequest, rawUpstream } from './testing/raw-upstream.ts';
import { startedProxy } from './testing/started-proxy.ts';

const ASK = ['POST /v1/responses HTTP/1.1', 'Content-Length: 15'];
const BODY = '{"stream":true}';

/** A stream that has begun, seen from the upstream and from the client. */
async function begun(head = SSE_HEAD, first: string | Buffer = chunked(CREATED)) {
  let asked: (request: RawRequest) => void = () => undefined;
  const asking = new Promise<RawRequest>((resolve) => (asked = resolve));
  const started = await startedProxy(await rawUpstream((request) => asked(request)));
  const client = new RawClient(started.url);
  client.say(ASK, BODY);
  const upstream = await asking;
  upstream.socket.write(head);
  upstream.socket.write(first);
  await client.hears('response.created');
  return { ...started, client, upstream };
}

test('a client that goes away cuts the upstream, and the capture says so', async () => {
  const { client, upstream, capture, log } = await begun();
  client.socket.destroy();
  expect(await upstream.over).toBe('end');
  const { meta, body } = await capture();
  expect(body.toString()).toBe(CREATED);
  expect(meta.end).toMatchObject({ kind: 'aborted', by: 'client', code: null });
  expect(meta.end!.message).toMatch(
    new RegExp(`^The client went away after \\d+ ms and ${CREATED.length} bytes`),
  );
  expect(log()[0]).toMatchObject({ status: 200, note: meta.end!.message });
});

test('a client that goes away before there is an answer cuts the upstream too', async () => {
  let asked: (request: RawRequest) => void = () => undefined;
  const asking = new Promise<RawRequest>((resolve) => (asked = resolve));
  const { url, capture } = await startedProxy(await rawUpstream((request) => asked(request)));
  const client = new RawClient(url);
  client.say(ASK, BODY);
  const upstream = await asking;
  client.socket.destroy();
  expect(await upstream.over).toBe('end');
  const { meta } = await capture();
  expect(meta).toMatchObject({ response: null, end: { kind: 'aborted', by: 'client' } });
  expect(meta.end!.message).toContain('had not answered yet');
});

test('an upstream that closes in the middle closes the client, after all that came', async () => {
  const { client, upstream, capture, store } = await begun();
  upstream.socket.end(chunked(COMPLETED.slice(0, 20)));
  await client.over();
  expect(client.text).toContain(COMPLETED.slice(0, 20));
  expect(client.text).not.toMatch(/\r\n0\r\n\r\n$/);
  const { meta, body } = await capture();
  expect(body.toString()).toBe(CREATED + COMPLETED.slice(0, 20));
  expect(meta.end).toMatchObject({ kind: 'disconnected', by: 'server', code: 'closed-early' });
  expect(meta.end!.message).toContain('closed in the middle');
  expect(store.summary(meta.id).status).toBe('disconnected');
});

test('an upstream that resets resets the client', async () => {
  const { client, upstream, capture } = await begun();
  upstream.socket.resetAndDestroy();
  expect(await client.over()).toBe('ECONNRESET');
  const { meta, body } = await capture();
  expect(body.toString()).toBe(CREATED);
  expect(meta.end).toMatchObject({ kind: 'disconnected', by: 'server', code: 'ECONNRESET' });
});

test('a body whose end is that of the connection never ends well by a reset', async () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
  const { client, upstream, capture } = await begun(head, CREATED);
  upstream.socket.resetAndDestroy();
  expect(await client.over()).toBe('ECONNRESET');
  expect((await capture()).meta.end).toMatchObject({ kind: 'disconnected', by: 'server' });
});

test('stopping the proxy cuts streams, and their captures say so when it has stopped', async () => {
  const { client, upstream, proxy, store, log } = await begun();
  await proxy.stop();
  expect(await client.over()).toBe('ECONNRESET');
  expect(await upstream.over).toBe('end');
  const { end } = store.meta(log()[0]!.capture!);
  expect(end).toMatchObject({ kind: 'aborted', by: 'person' });
  expect(end!.message).toMatch(/^The recording proxy was stopped after/);
  expect(proxy.state).toMatchObject({ running: false, url: null, open: 0 });
});

test('an upstream that is not there is told in a form that clients show', async () => {
  const port = await closedPort();
  const { url, capture, log, store } = await startedProxy(`http://127.0.0.1:${port}/v1`);
  const answer = await fetch(`${url}/responses`, { method: 'POST', body: '{"model":"m"}' });
  const message = `127.0.0.1:${port} refused the connection: no server listens there. Check the base URL and that the server runs.`;
  expect(answer.status).toBe(502);
  expect(await answer.json()).toEqual({
    type: 'error',
    error: { type: 'recording_proxy_error', message, code: 'ECONNREFUSED', param: null },
  });
  const { meta } = await capture();
  expect(meta).toMatchObject({
    request: { body: '{"model":"m"}' },
    response: null,
    end: { kind: 'failed', by: 'network', code: 'ECONNREFUSED', message },
  });
  expect(store.summary(meta.id).status).toBe('failed');
  expect(log()[0]).toMatchObject({ status: 502, note: message });
});

test('an upstream that closes without an answer, or speaks no HTTP, is told of as well', async () => {
  const closing = await startedProxy(await rawServer((socket) => socket.end()));
  expect((await fetch(`${closing.url}/models`)).status).toBe(502);
  expect((await closing.capture()).meta.end).toMatchObject({ kind: 'failed', by: 'server' });
  const other = await startedProxy(await rawServer((socket) => socket.end('SSH-2.0-x\r\n')));
  const answer = await fetch(`${other.url}/models`);
  expect(await answer.text()).toContain('did not answer in HTTP');
});

test('a proxy to itself says so', async () => {
  const { proxy, url } = await startedProxy('http://127.0.0.1:1');
  proxy.configure({ ...proxy.state.config, upstream: `${url}/v1` } as never);
  const answer = await fetch(`${url}/models`);
  expect(await answer.text()).toContain('The upstream is the recording proxy itself.');
  expect(proxy.state.log).toHaveLength(1);
});

test('proxies that lead to each other say so, and pass one request once', async () => {
  const first = await startedProxy('http://127.0.0.1:1');
  const second = await startedProxy(`${first.url}/v1`);
  first.proxy.configure({ ...first.proxy.config, upstream: second.url });
  const answer = await fetch(`${first.url}/models`);
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain('The upstream leads back to the recording proxy.');
  expect(first.proxy.state.log).toHaveLength(2);
  expect(second.proxy.state.log).toHaveLength(1);
});

test('a port in use is said, and the proxy starts once it is free', async () => {
  const other = createServer();
  const port = await listening(other);
  const { proxy } = await startedProxy('http://127.0.0.1:1', { port });
  expect(proxy.state).toMatchObject({ running: false, url: null });
  expect(proxy.state.error).toBe(
    `Recording proxy can't start: Port ${port} is in use by another program. Choose another port, or 0 for a free one.`,
  );
  await new Promise((resolve) => other.close(resolve));
  await proxy.start();
  expect(proxy.state).toMatchObject({
    running: true,
    error: null,
    url: `http://127.0.0.1:${port}`,
  });
});

test('another upstream counts for the requests that come after', async () => {
  const one = await httpServer((_, response) => response.end('one'));
  const two = await httpServer((_, response) => response.end('two'));
  const { proxy, url } = await startedProxy(one);
  const config = { ...proxy.state.config } as never as Parameters<typeof proxy.configure>[0];
  expect(await (await fetch(`${url}/x`)).text()).toBe('one');
  proxy.configure({ ...config, upstream: two, port: 1 });
  expect(await (await fetch(`${url}/x`)).text()).toBe('two');
  expect(proxy.state.url).toBe(url);
});

test('a disk that is full ends the capture and not the stream', async () => {
  const { client, upstream, store, log, capture } = await begun();
  const recording = store.recording(log()[0]!.capture!)!;
  vi.spyOn(recording, 'append').mockImplementation(() => {
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  });
  upstream.socket.end(Buffer.concat([chunked(COMPLETED), Buffer.from('0\r\n\r\n')]));
  await client.hears('\r\n0\r\n\r\n');
  expect(client.text).toContain('response.completed');
  const { meta, body } = await capture();
  expect(body.toString()).toBe(CREATED);
  expect(meta.end).toMatchObject({ kind: 'disconnected', code: 'ENOSPC' });
  expect(meta.end!.message).toContain('the disk is full');
});

test('where nothing can be kept requests are passed on, and the server says so', async () => {
  const upstream = await httpServer((_, response) => response.end('answer'));
  const { url, store, proxy, log } = await startedProxy(upstream);
  vi.spyOn(store, 'record').mockImplementation(() => {
    throw new Error('no space left');
  });
  expect(await (await fetch(`${url}/x`)).text()).toBe('answer');
  expect(proxy.state.error).toContain("can't be kept: no space left");
  expect(log()[0]).toMatchObject({ status: 200, capture: null });
});

test('an answer before the whole request has come is passed on', async () => {
  const upstream = await rawUpstream(({ socket }) =>
    socket.end('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig'),
  );
  const { url, capture } = await startedProxy(upstream);
  const client = new RawClient(url);
  client.say(['POST /v1/x HTTP/1.1', 'Content-Length: 1000000'], 'a beginning');
  await client.hears('\r\n\r\nbig');
  const { meta } = await capture();
  expect(meta.end).toMatchObject({ kind: 'failed', by: 'server', code: 'http-413' });
  expect(meta.request?.body).toBe('a beginning');
});
