import type { Handlers } from '../../src-ipc/contract.ts';
import type { RunService } from './run-service.ts';

type RunCommand = Extract<keyof Handlers, `runs.${string}`>;

/** The commands that try schemas. */
export function runHandlers(runs: RunService): Pick<Handlers, RunCommand> {
  return {
    'runs.start': (input) => runs.start(input),
    'runs.stop': ({ id }) => runs.stop(id),
    'runs.running': () => runs.running,
    'runs.check': (input) => runs.check(input),
    'runs.removeCheck': ({ capture, schema, number }) => runs.removeCheck(capture, schema, number),
  };
}
