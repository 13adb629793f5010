import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, median, ratio } from './measure.ts';
import { textStream } from './streams.ts';
import { fixed, printTable } from './table.ts';

const EVENTS = 200_000;
const names = {
  lint: 'deltascope lint FILE',
  stats: 'deltascope stats FILE',
  peer: 'node: eventsource-parser and JSON.parse of each event',
  node: 'node: nothing',
};

/** What a program printed on standard output. @throws where it fails */
function output(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
}

/** Whole processes, from their start to their end, over a file. */
export async function commandLine(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'deltascope-bench-'));
  try {
    const file = join(folder, 'deltas.sse');
    const body = textStream(EVENTS);
    writeFileSync(file, body);
    const program = join('out', 'cli', 'deltascope.cjs');
    const tasks = [
      { name: names.lint, run: () => output([program, 'lint', file]) },
      { name: names.stats, run: () => output([program, 'stats', file]) },
      { name: names.peer, run: () => output([join('bench', 'parse-each.mjs'), file]) },
      { name: names.node, run: () => output(['--eval', '0']) },
    ];
    const times = await measure(tasks);
    const rows = tasks.map(({ name }) => [
      name,
      fixed(median(times, name), 0),
      name === names.peer ? '' : fixed(ratio(times, name, names.peer), 2),
    ]);
    const size = `${fixed(EVENTS, 0)} events, ${fixed(body.length / 1e6)} MB from disk`;
    console.log(`The command line: whole processes, ${size}`);
    printTable(['median of 9 rounds', 'ms', 'time / peer'], rows);
    console.log((await output([program, 'lint', file])).trimEnd().split('\n').at(-1));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
