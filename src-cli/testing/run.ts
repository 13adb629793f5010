import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Console } from '../console/console.ts';
import { Output } from '../console/output.ts';
import { runProgram } from '../program.ts';

/** The repository, which relative paths are relative to unless a test says otherwise. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface World {
  /** What comes through standard input, chunk by chunk. */
  stdin?: readonly (string | Uint8Array)[] | AsyncIterable<Uint8Array>;
  /** Standard input is a pipe unless it is said to be a file or a terminal. */
  stdinIs?: 'pipe' | 'file' | 'terminal';
  /** How wide the terminal is; without it standard output is a pipe. */
  columns?: number;
  env?: Record<string, string>;
  workingDirectory?: string;
  /** Resolves when the program is asked to end; without it nobody asks. */
  stopped?: Promise<void>;
  /** Called with each piece of output as it is written; what it throws is the error of writing. */
  onOut?: (text: string) => void;
}

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs the program with the world given. Its clock goes on by 1 ms each time it is asked. */
export async function run(args: readonly string[], world: World = {}): Promise<Ran> {
  const ran = { code: 0, out: '', err: '' };
  let milliseconds = 0;
  const stdinIs = world.stdinIs ?? (world.stdin ? 'pipe' : 'terminal');
  const console: Console = {
    args,
    stdin: {
      isTerminal: stdinIs === 'terminal',
      isPipe: stdinIs === 'pipe',
      chunks: () => chunksOf(world.stdin ?? []),
    },
    stdout: output((text) => {
      world.onOut?.(text);
      ran.out += text;
    }, world.columns),
    stderr: output((text) => (ran.err += text), undefined),
    env: world.env ?? {},
    workingDirectory: world.workingDirectory ?? root,
    now: () => 1000 * milliseconds++,
    untilStopped: () => world.stopped ?? new Promise(() => {}),
  };
  ran.code = await runProgram(console);
  return ran;
}

function output(take: (text: string) => void, columns: number | undefined): Output {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      try {
        take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  return new Output(stream, { isTerminal: columns !== undefined, ...(columns && { columns }) });
}

async function* chunksOf(
  chunks: readonly (string | Uint8Array)[] | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
