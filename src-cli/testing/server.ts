import { onTestFinished } from 'vitest';
import { type Ran, run, type World } from './run.ts';

export interface Started {
  /** The base URL, as the first line of standard output says it. */
  url: string;
  /** What Ctrl+C does. */
  stop(): Promise<Ran>;
  /** When it ended by itself. */
  ended: Promise<Ran>;
}

/** Runs a command that is a server, until the test is over. @throws Error with what it says where it does not start */
export async function started(args: readonly string[], world: World = {}): Promise<Started> {
  let stop = () => {};
  let told = (_url: string) => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const url = new Promise<string>((resolve) => (told = resolve));
  const onOut = (text: string) => told(text.split('\n', 1)[0]!);
  const ended = run(args, { ...world, stopped, onOut });
  onTestFinished(async () => {
    stop();
    await ended;
  });
  const first = await Promise.race([url, ended]);
  if (typeof first !== 'string') throw new Error(`It ended with ${first.code}: ${first.err}`);
  return {
    url: first,
    stop() {
      stop();
      return ended;
    },
    ended,
  };
}
