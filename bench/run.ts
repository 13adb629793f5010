/**
 * `npm run bench`: how fast the core is, beside what others do with the same bytes. Nothing is
 * asserted: the numbers belong to the machine they were measured on.
 */
import { cpus } from 'node:os';
import { measure, type Task } from './measure.ts';
import { clientTask, indexOf, indexTasks, parserTasks, textsOf } from './reading.ts';
import { seekTimes } from './seeking.ts';
import { chunksOf, structureStream, textStream } from './streams.ts';
import { fixed, printTable } from './table.ts';

const CHUNK = 16 * 1024;

async function main(): Promise<void> {
  console.log(`Node ${process.version} on ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}\n`);
  await reading('200,000 text deltas', textStream(200_000));
  await reading('50,000 text deltas, not ASCII', textStream(50_000, 'wide'));
  await reading('75,000 events, most structural', structureStream(12_000));
  seeking();
}

async function reading(title: string, body: Buffer): Promise<void> {
  const chunks = chunksOf(body, CHUNK);
  const texts = textsOf(body);
  const parsers = parserTasks(chunks);
  const indexes = indexTasks(chunks, texts);
  const times = await measure([...parsers, ...indexes, clientTask(chunks)]);
  const megabytes = body.length / 1e6;
  console.log(`${title}: ${fixed(megabytes)} MB in chunks of 16 KiB, medians`);
  const client = clientTask([]).name;
  const rows = [
    ...rowsOf(parsers, times, parsers[1]!.name),
    ...rowsOf([...indexes, clientTask([])], times, indexes[1]!.name),
  ];
  printTable(['', 'ms', 'MB/s', 'events/s', 'time against'], rows);
  void client;

  function rowsOf(tasks: readonly Task[], all: Map<string, number>, peer: string): string[][] {
    return tasks.map(({ name }) => {
      const ms = all.get(name)!;
      const rate = [fixed((megabytes / ms) * 1000, 0), fixed((texts.length / ms) * 1000, 0)];
      return [name, fixed(ms), ...rate, `${fixed(ms / all.get(peer)!, 2)} x ${shortOf(peer)}`];
    });
  }
}

function shortOf(name: string): string {
  return name.replace(/[ ,].*/, '');
}

function seeking(): void {
  const streams: [string, Buffer][] = [
    ['200,000 text deltas', textStream(200_000)],
    ['50,000 text deltas, not ASCII', textStream(50_000, 'wide')],
    ['12,000 items, log probabilities', structureStream(12_000)],
  ];
  console.log('Snapshots at 20,000 random events');
  const rows = streams.map(([title, body]) => {
    const times = seekTimes(indexOf(chunksOf(body, CHUNK)), body);
    const micro = [times.p50, times.p99, times.max].map((ms) => fixed(ms * 1000, 0));
    return [title, fixed(times.perSecond, 0), ...micro, fixed(times.first)];
  });
  printTable(['', 'seeks/s', 'p50 us', 'p99 us', 'max us', 'first, to the end, ms'], rows);
}

await main();
