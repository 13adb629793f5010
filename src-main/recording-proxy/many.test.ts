import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { httpServer } from '../testing/servers.ts';
import { frame } from '../testing/stores.ts';
import { RawClient } from './testing/raw-client.ts';
import { rawUpstream } from './testing/raw-upstream.ts';
import { startedProxy } from './testing/started-proxy.ts';

const STREAMS = 200;
const EVENTS = 40;

const sha = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What a stream of that number says in its event of that number. */
function event(stream: number, at: number): string {
  const delta = `${stream}:${at} ${'é'.repeat(stream % 17)}`;
  return frame('response.output_text.delta', { delta, output_index: 0, sequence_number: at });
}

test(`${STREAMS} streams at once lose and mix nothing`, async () => {
  const sent = new Map<string, string>();
  let waiting = 0;
  let allWait: () => void = () => undefined;
  const together = new Promise<void>((resolve) => (allWait = resolve));
  const upstream = await httpServer((request, response) => {
    const stream = Number(/\d+$/.exec(request.url!)![0]);
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(event(stream, 0));
    if (++waiting === STREAMS) allWait();
    void together.then(async () => {
      let all = event(stream, 0);
      for (let at = 1; at < EVENTS; at++) {
        const text = event(stream, at);
        all += text;
        response.write(text);
        await new Promise((resolve) => setImmediate(resolve));
      }
      sent.set(`/v1/stream/${stream}`, sha(all));
      response.end();
    });
  });
  const { url, captures } = await startedProxy(upstream);
  const got = await Promise.all(
    Array.from({ length: STREAMS }, async (_, stream) => {
      const answer = await fetch(`${url}/stream/${stream}`, {
        method: 'POST',
        body: '{"stream":true}',
      });
      return [`/v1/stream/${stream}`, sha(Buffer.from(await answer.arrayBuffer()))] as const;
    }),
  );
  expect(sent.size).toBe(STREAMS);
  expect(new Map(got)).toEqual(sent);
  const kept = await captures();
  expect(kept).toHaveLength(STREAMS);
  for (const { meta, body } of kept) {
    const path = new URL(meta.request!.url).pathname;
    expect([path, sha(body)]).toEqual([path, sent.get(path)]);
    expect(body.toString().match(/^data:/gm)).toHaveLength(EVENTS);
    expect(meta.end).toMatchObject({ kind: 'closed', by: 'server' });
  }
});

/** Far more than the buffers of two connections on loopback hold. */
const LOAD = 32 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, ': a comment of an event stream\n');
const HEAD = `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: ${LOAD}\r\n\r\n`;

/** Writes as much as the other side takes. @returns how much that is so far, and when all of it was taken */
function load(write: (piece: Buffer, taken: () => void) => void) {
  const state = { taken: 0, done: Promise.resolve() };
  state.done = new Promise((resolve) => {
    const next = () => {
      if (state.taken >= LOAD) return resolve();
      write(PIECE, () => {
        state.taken += PIECE.length;
        next();
      });
    };
    next();
  });
  return state;
}

test('a client that stops reading makes the upstream wait, and others go on', async () => {
  const loads = new Map<string, ReturnType<typeof load>>();
  const upstream = await rawUpstream(({ socket, head }) => {
    socket.write(HEAD);
    loads.set(
      head[0]!.split(' ')[1]!,
      load((piece, taken) => socket.write(piece, taken)),
    );
  });
  const { url, capture } = await startedProxy(upstream);
  const slow = new RawClient(url);
  slow.say(['POST /slow HTTP/1.1', 'Content-Length: 0']);
  await slow.hears('\r\n\r\n');
  slow.socket.pause();
  // Another stream of the same size is the measure of time: it passes as a whole meanwhile.
  await (await fetch(`${url}/quick`, { method: 'POST' })).arrayBuffer();
  await loads.get('/quick')!.done;
  expect(loads.get('/slow')!.taken).toBeLessThan(LOAD / 2);
  slow.socket.removeAllListeners('data');
  let left = LOAD - (slow.received.length - slow.received.indexOf('\r\n\r\n') - 4);
  const all = new Promise<void>((resolve) =>
    slow.socket.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left <= 0) resolve();
    }),
  );
  slow.socket.resume();
  await all;
  expect(left).toBe(0);
  const { body } = await capture();
  expect(body).toHaveLength(LOAD);
});

test('an upstream that stops reading makes the client wait', async () => {
  const held: (() => void)[] = [];
  const upstream = await httpServer((request, response) => {
    const read = () => request.resume().on('end', () => response.end('read'));
    if (request.url!.endsWith('slow')) held.push(read);
    else read();
  });
  const { url } = await startedProxy(upstream);
  const send = (path: string) => {
    const request = httpRequest(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-length': LOAD },
    });
    const answered = new Promise((resolve) =>
      request.on('response', (response) => response.resume().on('end', resolve)),
    );
    const state = load((piece, taken) => request.write(piece, taken));
    void state.done.then(() => request.end());
    return { state, answered };
  };
  const slow = send('/slow');
  const quick = send('/quick');
  await quick.answered;
  expect(slow.state.taken).toBeLessThan(LOAD / 2);
  held[0]!();
  await slow.answered;
  expect(slow.state.taken).toBe(LOAD);
});
