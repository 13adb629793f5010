import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Reply } from '../../src-core/replay/reply.ts';
import { type Played, Playing } from './playing.ts';

/** What Node's response is to who writes it; it takes bytes while it is `open`. */
class FakeResponse extends Writable {
  readonly written: string[] = [];
  readonly heads: unknown[] = [];
  readonly cuts: string[] = [];
  readonly socket = {
    setNoDelay: () => undefined,
    write: (_text: string, done: () => void) => done(),
    destroySoon: () => this.#cut('fin'),
    resetAndDestroy: () => this.#cut('rst'),
  };
  readonly req: { method: string; socket: FakeResponse['socket'] };
  readonly gone = new Promise((resolve) => this.once('close', resolve));
  headersSent = false;
  #taken: (() => void) | null = null;

  constructor(method = 'POST') {
    super({ highWaterMark: 4 });
    this.req = { method, socket: this.socket };
  }

  writeHead(...head: unknown[]): void {
    this.heads.push(head);
  }
  flushHeaders(): void {
    this.headersSent = true;
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written.push(chunk.toString());
    // A slow client takes what is there when it is told to.
    if (this.isSlow) this.#taken = done;
    else done();
  }
  isSlow = false;
  take(): void {
    this.#taken?.();
  }
  #cut(how: string): void {
    this.cuts.push(how);
    this.destroy();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'setImmediate'] });
  onTestFinished(() => void vi.useRealTimers());
});

function reply(portions: [text: string, atMs: number][], more: Partial<Reply> = {}): Reply {
  return {
    ...{ status: 200, statusText: 'OK', headers: [['A', 'b']], headAtUs: 0, ending: 'end' },
    portions: portions.map(([text, atMs]) => ({ bytes: Buffer.from(text), atUs: atMs * 1000 })),
    ...more,
  };
}

function playing(of: Reply, { byHand = false, method = 'POST' } = {}) {
  const response = new FakeResponse(method);
  const over: Played[] = [];
  const one = new Playing(of, response as unknown as ServerResponse, { byHand }, (played) =>
    over.push(played),
  );
  return { response, over, playing: one, start: () => one.start(performance.now()) };
}

test('portions leave at their times after the head, and late ones do not delay the next', async () => {
  const { response, over, start } = playing(
    reply(
      [
        ['a', 0],
        ['b', 40],
        ['c', 80],
      ],
      { headAtUs: 500_000 },
    ),
  );
  start();
  vi.advanceTimersByTime(499);
  expect(response.heads).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(response.heads).toEqual([[200, 'OK', ['A', 'b']]]);
  expect(response.written).toEqual(['a']);
  vi.advanceTimersByTime(39);
  expect(response.written).toEqual(['a']);
  vi.advanceTimersByTime(1);
  expect(response.written).toEqual(['a', 'b']);
  vi.advanceTimersByTime(40);
  expect(response.written).toEqual(['a', 'b', 'c']);
  await response.gone;
  expect(over).toEqual([{ by: 'server', bytes: 3, allBytes: 3 }]);
  expect(vi.getTimerCount()).toBe(0);
});

test('nothing is written to a client that is full; what was due meanwhile follows at once', () => {
  const { response, start } = playing(
    reply([
      ['0123456', 0],
      ['b', 10],
      ['c', 20],
    ]),
  );
  response.isSlow = true;
  start();
  vi.advanceTimersByTime(100);
  expect(response.written).toEqual(['0123456']);
  expect(vi.getTimerCount()).toBe(0);
  response.isSlow = false;
  response.once('drain', () => expect(response.written).toEqual(['0123456', 'b', 'c']));
  response.take();
});

test('a client that goes away ends it, and no timer stays', async () => {
  const { response, over, start } = playing(
    reply([
      ['ab', 0],
      ['c', 1000],
    ]),
  );
  start();
  response.destroy();
  await response.gone;
  expect(over).toEqual([{ by: 'client', bytes: 2, allBytes: 3 }]);
  expect(vi.getTimerCount()).toBe(0);
});

test('the server being stopped is told from a client that goes', async () => {
  const one = playing(reply([['c', 1000]]));
  one.start();
  one.playing.stop();
  expect(vi.getTimerCount()).toBe(0);
  one.response.destroy();
  await one.response.gone;
  expect(one.over).toEqual([{ by: 'person', bytes: 0, allBytes: 1 }]);
});

test.each(['fin', 'rst'] as const)('a body that ends with %s is not ended', async (ending) => {
  const { response, over, start } = playing(reply([['ab', 0]], { ending }));
  start();
  vi.advanceTimersByTime(100);
  await response.gone;
  expect(response.cuts).toEqual([ending]);
  expect(response.writableEnded).toBe(false);
  expect(over).toEqual([{ by: 'server', bytes: 2, allBytes: 2 }]);
});

test('one that stays open waits for the client', () => {
  const { response, over, start } = playing(reply([['ab', 0]], { ending: 'open' }));
  start();
  vi.advanceTimersByTime(1e6);
  expect([response.written, response.writableEnded, over]).toEqual([['ab'], false, []]);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['HEAD', 200],
  ['POST', 204],
  ['POST', 304],
])('%s with status %i has no body', (method, status) => {
  const headers: [string, string][] = [['content-length', '2']];
  const { response, start } = playing(reply([['ab', 50]], { status, headers }), { method });
  start();
  expect(response.heads).toEqual([[status, 'OK', ['content-length', '2']]]);
  expect([response.written, response.writableEnded]).toEqual([[], true]);
});

test('a length that faults made wrong is left out, but not of a body that is cut', () => {
  const headers: [string, string][] = [['Content-Length', '3']];
  const one = playing(reply([['ab', 0]], { headers }));
  one.start();
  expect(one.response.heads).toEqual([[200, 'OK', []]]);
  const cut = playing(reply([['ab', 0]], { headers, ending: 'fin' }));
  cut.start();
  expect(cut.response.heads).toEqual([[200, 'OK', ['Content-Length', '3']]]);
});

test('by hand, an event, a chunk or the rest leaves with each step', async () => {
  const {
    response,
    playing: one,
    start,
  } = playing(
    reply([
      ['data: 1\n\nda', 0],
      ['ta: 2\n\n', 0],
      ['data: 3\n\n', 0],
      ['data: 4\n\n', 0],
    ]),
    { byHand: true },
  );
  start();
  expect(response.heads).toHaveLength(1);
  expect(response.written).toEqual([]);
  const steps = (events: number, chunks: number) => ({
    events,
    allEvents: 4,
    chunks,
    allChunks: 4,
    next: `data: ${events + 1}\n\n`,
  });
  expect(one.steps).toEqual(steps(0, 0));
  one.step('event');
  expect(response.written).toEqual(['data: 1\n\n']);
  expect(one.steps).toEqual(steps(1, 0));
  one.step('event');
  expect(response.written.slice(1)).toEqual(['da', 'ta: 2\n\n']);
  expect(one.steps).toEqual(steps(2, 2));
  one.step('chunk');
  expect(response.written.slice(3)).toEqual(['data: 3\n\n']);
  one.step('run');
  expect(response.written.slice(4)).toEqual(['data: 4\n\n']);
  expect(one.steps).toBe(null);
  await response.gone;
  one.step('event');
  expect(response.written).toHaveLength(5);
});

test('by hand, steps that a full client can not take yet are taken later', () => {
  const {
    response,
    playing: one,
    start,
  } = playing(
    reply([
      ['data: 1\n\n', 0],
      ['data: 2\n\n', 0],
      ['data: 3\n\n', 0],
    ]),
    { byHand: true },
  );
  start();
  response.isSlow = true;
  one.step('event');
  one.step('event');
  expect(response.written).toEqual(['data: 1\n\n']);
  response.isSlow = false;
  response.once('drain', () => {
    expect(response.written).toEqual(['data: 1\n\n', 'data: 2\n\n']);
  });
  response.take();
});
