import { shownText } from '../../src-core/shown-name.ts';
import type { ServerConfig, ServerLogEntry } from '../../src-ipc/server-contract.ts';
import type { LocalServer } from '../../src-main/servers/local-server.ts';
import { countOf } from '../arguments/amounts.ts';
import type { OptionSpec } from '../arguments/option.ts';
import type { Call } from '../command.ts';
import { EXIT, Failure } from '../failure.ts';

/** Options of every command that is a server. */
export const SERVER_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'port',
    short: 'p',
    value: 'N',
    text: 'The port on 127.0.0.1: 0 (the default) takes a free one.',
  },
  { name: 'quiet', short: 'q', text: 'Write no log.' },
  {
    name: 'until-eof',
    text: 'End when standard input is closed, so that it never outlives the program that started it.',
  },
];

/** @throws UsageError */
export function portOf({ values }: Call): number {
  return countOf(values, 'port', 65_535) ?? 0;
}

/** The log of a server on standard error: a line for each request when it is over. */
export class ServerLog {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  entry({ method, path, status, note }: ServerLogEntry): void {
    const { style } = this.#call;
    const ink = status >= 400 || status === 0 ? 'red' : 'green';
    const said = style.in(ink, status === 0 ? '---' : String(status));
    this.line(`${method} ${shownText(path)} ${said} ${shownText(note)}`);
  }

  line(text: string): void {
    const { console, values } = this.#call;
    if (values.flag('quiet')) return;
    console.stderr.line(text);
    // Nobody waits for the log, and who no longer reads it stops nothing.
    console.stderr.flush().catch(() => undefined);
  }
}

/**
 * Runs a server until somebody asks the program to end, or standard input is closed where that was asked for. Its
 * base URL is the first line of standard output, and all of it.
 * @param done resolves when the server has done what it was started for
 * @returns the exit code, when nothing of the server is left
 * @throws Failure where it can't start, with the reason; BrokenPipe where nobody reads the address
 */
export async function runServer<Config extends ServerConfig>(
  call: Call,
  server: LocalServer<Config>,
  greet: (url: string) => void,
  done: Promise<unknown> = new Promise(() => {}),
): Promise<number> {
  const { console, values } = call;
  // Before it starts: whoever has read the address may ask at once.
  const stopped = console.untilStopped();
  await server.start();
  const { url, error } = server.state;
  if (url === null) throw new Failure(error ?? 'The server does not start.');
  try {
    console.stdout.line(url);
    await console.stdout.flush();
    greet(url);
    await Promise.race([stopped, done, ...(values.flag('until-eof') ? [closed(call)] : [])]);
  } finally {
    await server.stop();
    await console.stderr.flush().catch(() => undefined);
  }
  return EXIT.clean;
}

/** Resolves when standard input is at its end, or can't be read any more. */
async function closed({ console: { stdin } }: Call): Promise<void> {
  try {
    for await (const _ of stdin.chunks());
  } catch {
    // Nobody can hold it open any more.
  }
}
