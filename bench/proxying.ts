import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CaptureStore } from '../src-main/captures/store.ts';
import { RecordingProxy } from '../src-main/recording-proxy/recording-proxy.ts';
import { median, quantile } from './measure.ts';
import { fixed, printTable } from './table.ts';

/** Streams at once, events of each, and the milliseconds between two; 0: as fast as they are taken. */
interface Load {
  title: string;
  streams: number;
  events: number;
  everyMs: number;
}

const LOADS: Load[] = [
  { title: '50 streams, an event every 20 ms', streams: 50, events: 100, everyMs: 20 },
  { title: '200 streams, an event every 50 ms', streams: 200, events: 40, everyMs: 50 },
  { title: '20 streams, as fast as they are taken', streams: 20, events: 4000, everyMs: 0 },
];
const ROUNDS = 5;

/** What a client saw of a load: for each event the milliseconds from the upstream's write to its own read. */
interface Seen {
  ms: number;
  bytes: number;
  delays: Float64Array;
}

/**
 * Upstream and client, in a thread of their own, as they are in programs of their own: each event says when it was
 * written, by a clock that all threads share.
 */
const THREAD = `
const { createServer, request } = require('node:http');
const { parentPort } = require('node:worker_threads');
const now = () => Number(process.hrtime.bigint()) / 1e6;
const server = createServer((asked, answer) => {
  const [, events, everyMs] = asked.url.split('/').slice(-3).map(Number);
  asked.resume();
  answer.writeHead(200, { 'content-type': 'text/event-stream' });
  let at = 0;
  const next = () => {
    if (at++ >= events) return void answer.end();
    const data = { type: 'response.output_text.delta', item_id: 'msg', output_index: 0, content_index: 0,
      sequence_number: at, delta: ' token', sent: now() };
    const more = answer.write('event: response.output_text.delta\\ndata: ' + JSON.stringify(data) + '\\n\\n');
    if (everyMs > 0) setTimeout(next, everyMs);
    else if (more) setImmediate(next);
    else answer.once('drain', next);
  };
  next();
});
function read(base, events, everyMs) {
  return new Promise((resolve, reject) => {
    const asking = request(base + '/x/' + events + '/' + everyMs, { method: 'POST', agent: false }, (answer) => {
      const delays = [];
      let rest = '', bytes = 0;
      answer.on('data', (chunk) => {
        const at = now();
        bytes += chunk.length;
        const parts = (rest + chunk.toString('latin1')).split('"sent":');
        rest = '';
        for (const [part, text] of parts.entries()) {
          if (part === 0) continue;
          const end = text.indexOf('}');
          if (end < 0) rest = '"sent":' + text;
          else delays.push(at - Number(text.slice(0, end)));
        }
      });
      answer.on('end', () => resolve({ delays, bytes }));
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end('{"stream":true}');
  });
}
parentPort.on('message', async ({ base, streams, events, everyMs }) => {
  const began = now();
  const all = await Promise.all(Array.from({ length: streams }, () => read(base, events, everyMs)));
  const delays = Float64Array.from(all.flatMap(({ delays }) => delays));
  const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
  parentPort.postMessage({ ms: now() - began, bytes, delays });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** What the recording proxy costs, beside the same streams without it. */
export async function proxying(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'deltascope-bench-'));
  const store = new CaptureStore(folder, { changed: () => undefined, notice: () => undefined });
  store.start();
  const thread = new Worker(THREAD, { eval: true });
  const said = <T>() => new Promise<T>((resolve) => thread.once('message', resolve));
  const upstream = `http://127.0.0.1:${await said<number>()}`;
  const proxy = new RecordingProxy(
    { kind: 'proxy', id: 'p', name: 'bench', port: 0, upstream, keyOf: null, show: false },
    { store, ca: null, headersOf: () => [] },
    () => undefined,
  );
  await proxy.start();
  const ways = { directly: upstream, 'through the proxy': proxy.state.url! };
  try {
    for (const load of LOADS) {
      const seen = new Map<string, Seen[]>(Object.keys(ways).map((way) => [way, []]));
      for (let round = -1; round < ROUNDS; round++)
        for (const [way, base] of Object.entries(ways)) {
          thread.postMessage({ ...load, base });
          const one = await said<Seen>();
          if (round >= 0) seen.get(way)!.push(one);
        }
      print(load, seen);
    }
  } finally {
    await proxy.stop();
    await thread.terminate();
    rmSync(folder, { recursive: true, force: true });
  }
}

function print({ title, streams, events }: Load, seen: ReadonlyMap<string, Seen[]>): void {
  const times = new Map([...seen].map(([way, all]) => [way, all.map(({ ms }) => ms)]));
  const rows = [...seen].map(([way, all]) => {
    const delays = all.flatMap((one) => [...one.delays]);
    const ms = median(times, way);
    const rates = [all[0]!.bytes / 1e3 / ms, (streams * events * 1000) / ms];
    return [
      ...[way, fixed(ms, 0), fixed(rates[0]!, 1), fixed(rates[1]!, 0)],
      ...[0.5, 0.99].map((share) => fixed(quantile(delays, share), 2)),
    ];
  });
  console.log(title);
  const delay = 'from write to read, ms: p50';
  printTable([`median of ${ROUNDS} rounds`, 'ms', 'MB/s', 'events/s', delay, 'p99'], rows);
}
