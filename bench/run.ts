/**
 * `npm run bench [-- reading conformance seeking growing linting schemas command-line replay proxy]`: how fast the core is, beside what others
 * do with the same bytes; all of it, or the named sections. Nothing is asserted: the numbers belong to the machine
 * they were measured on.
 */
import { cpus } from 'node:os';
import { commandLine } from './command-line.ts';
import { conformance } from './conformance.ts';
import { growing } from './growing.ts';
import { linting } from './linting.ts';
import { measure, median, ratio } from './measure.ts';
import { proxying } from './proxying.ts';
import { indexOf, names, readingTasks } from './reading.ts';
import { type Served, serveReplay } from './replay-servers.ts';
import { replay } from './replay.ts';
import { schemas } from './schemas.ts';
import { seekTimes } from './seeking.ts';
import { chunksOf, structureStream, textStream } from './streams.ts';
import { fixed, printTable } from './table.ts';

const CHUNK = 16 * 1024;

const streams: [title: string, body: Buffer][] = [
  ['200,000 text deltas', textStream(200_000)],
  ['50,000 text deltas beyond ASCII', textStream(50_000, 'wide')],
  ['12,000 items with log probabilities', structureStream(12_000)],
];

async function reading(title: string, body: Buffer): Promise<void> {
  const chunks = chunksOf(body, CHUNK);
  const [tasks, events] = readingTasks(chunks, body);
  const times = await measure(tasks);
  const megabytes = body.length / 1e6;
  const rows = tasks.map(({ name }) => {
    const ms = median(times, name);
    const rates = [(megabytes / ms) * 1000, (events / ms) * 1000].map((rate) => fixed(rate, 0));
    const isParser = name === names.ourParser || name === names.eventsourceParser;
    const peer = isParser ? names.eventsourceParser : names.jsonParse;
    const share = ratio(times, name, peer);
    const against = isParser ? [fixed(1 / share, 2), ''] : ['', fixed(share, 2)];
    return [name, fixed(ms), ...rates, ...against];
  });
  console.log(`${title}: ${fixed(events, 0)} events, ${fixed(megabytes)} MB, chunks of 16 KiB`);
  const heading = ['median of 9 rounds', 'ms', 'MB/s', 'events/s'];
  printTable([...heading, 'speed / eventsource-parser', 'time / JSON.parse'], rows);
}

function seeking(): void {
  const rows = streams.map(([title, body]) => {
    const times = seekTimes(indexOf(chunksOf(body, CHUNK)), body);
    const micro = [times.p50, times.p99, times.max].map((ms) => fixed(ms * 1000, 0));
    return [title, fixed(times.perSecond, 0), ...micro, fixed(times.first)];
  });
  const heading = ['20,000 snapshots at random events', 'seeks/s', 'p50 us', 'p99 us', 'max us'];
  printTable([...heading, 'first ms'], rows);
  console.log('first: the first seek of all, to the last event, which passes the structure once.');
}

if (process.argv[2] === 'serve-replay') {
  // The child of `replay`: it serves until it is ended.
  process.once('message', (served: Served) => {
    void serveReplay(served).then((url) => process.send!(url));
  });
} else await run();

async function run(): Promise<void> {
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}\n`);
  const sections = process.argv.slice(2);
  const wants = (section: string) => sections.length === 0 || sections.includes(section);
  if (wants('reading')) for (const [title, body] of streams) await reading(title, body);
  if (wants('conformance')) await conformance();
  if (wants('seeking')) seeking();
  if (wants('growing')) await growing();
  if (wants('linting')) await linting();
  if (wants('schemas')) await schemas();
  if (wants('command-line')) await commandLine();
  if (wants('replay')) await replay();
  if (wants('proxy')) await proxying();
}
