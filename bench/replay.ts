import { type ChildProcess, fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { measure, median, quantile, ratio } from './measure.ts';
import type { Served } from './replay-servers.ts';
import { randomOf } from './streams.ts';
import { fixed, printTable } from './table.ts';

const WORDS = 'the stream goes on, event by event; '.repeat(1000);
/** At once: streams of a round, and how many at the same time. */
const STREAMS = 60;
const TOGETHER = 6;
const CHUNK_SIZE = 12;
/** At 1x. */
const TIMED_EVENTS = 300;

const SERVERS = ['deltascope', 'aimock'] as const;

/** A chunk as a client got it: when, and its bytes. */
interface Got {
  atMs: number;
  bytes: Buffer;
}

/** Replay servers beside each other, each in a process of its own, for the same client. */
export async function replay(): Promise<void> {
  const children: ChildProcess[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const start = async (served: Partial<Served>): Promise<string> => {
    const child = fork(process.argv[1]!, ['serve-replay']);
    children.push(child);
    child.send(served);
    return new Promise((resolve) => child.once('message', (url) => resolve(String(url))));
  };
  try {
    await throughput(start, agent);
    await timing(start, agent);
  } finally {
    agent.destroy();
    for (const child of children) child.kill();
  }
}

type Start = (served: Partial<Served>) => Promise<string>;

async function throughput(start: Start, agent: Agent): Promise<void> {
  const both = await pair(start, agent, { text: WORDS, chunkSize: CHUNK_SIZE, gapsMs: null });
  const bytes = sizeOf(await stream(both.deltascope, agent));
  if (bytes !== both.bytes) throw new Error(`${bytes} bytes of ${both.bytes} came`);
  const tasks = SERVERS.map((name) => ({ name, run: () => round(both[name], agent) }));
  const times = await measure(tasks);
  const rows = SERVERS.map((name) => {
    const seconds = median(times, name) / 1000;
    return [
      name,
      fixed(seconds * 1000, 0),
      fixed(STREAMS / seconds, 0),
      fixed((STREAMS * both.bytes) / 1e6 / seconds),
      fixed(1 / ratio(times, name, 'aimock'), 2),
    ];
  });
  const what = `${STREAMS} streams of ${fixed(both.events, 0)} events, ${fixed(both.bytes / 1e6, 2)} MB each`;
  console.log(`Replay at once: ${what}, ${TOGETHER} at a time, each event a chunk`);
  printTable(['median of 9 rounds', 'ms', 'streams/s', 'MB/s', 'speed / aimock'], rows);
}

async function timing(start: Start, agent: Agent): Promise<void> {
  const random = randomOf(7);
  const gapsMs = Array.from({ length: TIMED_EVENTS + 4 }, () => -Math.log(1 - random()) * 20);
  const text = WORDS.slice(0, TIMED_EVENTS * CHUNK_SIZE);
  const both = await pair(start, agent, { text, chunkSize: CHUNK_SIZE, gapsMs });
  const rows: string[][] = [];
  for (const together of [1, 20])
    for (const name of SERVERS) {
      const streams = await Promise.all(
        Array.from({ length: together }, () => stream(both[name], agent)),
      );
      const errors = streams.flatMap((got) => errorsOf(got, both.sizes, gapsMs));
      const [p50, p99, max] = [0.5, 0.99, 1].map((share) => fixed(quantile(errors, share), 2));
      rows.push([`${name}, ${together} at a time`, p50!, p99!, max!]);
    }
  const seconds = gapsMs.reduce((sum, gap) => sum + gap) / 1000;
  console.log(
    `Replay at 1x: ${fixed(both.events, 0)} events in ${fixed(seconds)} s; how far from its time each came`,
  );
  printTable(['one round', 'p50 ms', 'p99 ms', 'max ms'], rows);
}

/** Both servers of one stream: ours gets the bytes that aimock makes, each event a chunk. */
async function pair(
  start: Start,
  agent: Agent,
  what: Pick<Served, 'text' | 'chunkSize' | 'gapsMs'>,
) {
  const peer = { ...what, by: 'aimock' } as const;
  const body = Buffer.concat(
    (await stream(await start({ ...peer, gapsMs: null }), agent)).map(({ bytes }) => bytes),
  );
  const sizes = body
    .toString()
    .split(/(?<=\n\n)/)
    .map((event) => Buffer.byteLength(event));
  const ours = { ...what, by: 'deltascope', body: body.toString('base64'), sizes } as const;
  return {
    ...{ deltascope: await start(ours), aimock: await start(peer) },
    ...{ bytes: body.length, events: sizes.length, sizes },
  };
}

async function round(url: string, agent: Agent): Promise<number> {
  let bytes = 0;
  let left = STREAMS;
  const next = async () => {
    while (left-- > 0) bytes += sizeOf(await stream(url, agent));
  };
  await Promise.all(Array.from({ length: TOGETHER }, next));
  return bytes;
}

function stream(url: string, agent: Agent): Promise<Got[]> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/v1/chat/completions`, { method: 'POST', agent }, (response) => {
      const got: Got[] = [];
      response.on('data', (bytes: Buffer) => got.push({ atMs: performance.now(), bytes }));
      response.on('end', () => resolve(got));
      response.on('error', reject);
    });
    asked.setHeader('content-type', 'application/json');
    asked.on('error', reject);
    const messages = [{ role: 'user', content: 'hello' }];
    asked.end(JSON.stringify({ model: 'gpt-4o', stream: true, messages }));
  });
}

function sizeOf(got: readonly Got[]): number {
  return got.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** How far each event was from its time, in milliseconds, beside the delay that half of them exceed. */
function errorsOf(got: readonly Got[], sizes: readonly number[], gapsMs: readonly number[]) {
  const late: number[] = [];
  let chunk = 0;
  let received = got[0]!.bytes.length;
  let needed = 0;
  let dueMs = 0;
  for (const [event, size] of sizes.entries()) {
    needed += size;
    dueMs += gapsMs[event] ?? 0;
    while (received < needed) received += got[++chunk]!.bytes.length;
    late.push(got[chunk]!.atMs - dueMs);
  }
  const common = quantile(late, 0.5);
  return late.map((ms) => Math.abs(ms - common));
}
