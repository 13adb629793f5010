/** The program that `bin/deltascope.mjs` starts: binds `runProgram` to this process. */
import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { Output } from './console/output.ts';
import { runProgram } from './program.ts';

const { stdout, stderr } = process;

void runProgram({
  args: process.argv.slice(2),
  stdin: {
    isTerminal: isatty(0),
    isPipe: isPipe(),
    // Not before somebody reads: taking it up costs time, and takes bytes from other programs.
    chunks: () => process.stdin as AsyncIterable<Buffer>,
  },
  stdout: new Output(stdout, { isTerminal: stdout.isTTY === true, columns: stdout.columns }),
  stderr: new Output(stderr, { isTerminal: stderr.isTTY === true, columns: stderr.columns }),
  env: process.env,
  workingDirectory: process.cwd(),
  now: () => performance.now() * 1000,
  untilStopped: () =>
    new Promise((resolve) => {
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      const stop = () => {
        for (const signal of signals) process.removeListener(signal, stop);
        resolve();
      };
      for (const signal of signals) process.on(signal, stop);
    }),
  // All is written by now. A pipe that somebody still holds open must not keep the program.
}).then((code) => process.exit(code));

function isPipe(): boolean {
  try {
    const found = fstatSync(0);
    return found.isFIFO() || found.isSocket();
  } catch {
    return false;
  }
}
