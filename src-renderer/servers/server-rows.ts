import type { ReplayServerState } from '../../src-ipc/contract.ts';
import type { ServerState } from '../../src-ipc/server-contract.ts';
import { aboutServer, type Named } from './server-words.ts';

/** Where the built-in replay server stands among the others. */
export const BUILT_IN = 'built-in';

/** A server as the list shows it. */
export interface ServerRow {
  id: string;
  name: string;
  running: boolean;
  url: string | null;
  error: string | null;
  /** Streams and requests that are open. */
  open: number;
  /** What it serves, or where it leads. */
  about: string;
  /** Its latest request. */
  last: { method: string; path: string; status: number } | null;
}

/** The built-in server first, the others in the order in which they were made. */
export function serverRows(
  builtIn: ReplayServerState,
  servers: readonly ServerState[],
  captures: readonly Named[],
): ServerRow[] {
  const first: ServerRow = {
    id: BUILT_IN,
    name: 'Replay server',
    running: builtIn.running,
    url: builtIn.url,
    error: builtIn.error,
    open: 0,
    about: 'built in: the examples',
    last: builtIn.log.at(-1) ?? null,
  };
  const rest = servers.map(({ config, running, url, error, open, log }) => ({
    id: config.id,
    name: config.name,
    running,
    url,
    error,
    open,
    about: aboutServer(config, captures),
    last: log.at(-1) ?? null,
  }));
  return [first, ...rest];
}
