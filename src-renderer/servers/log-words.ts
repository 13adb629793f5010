import type { ReplayServerEntry } from '../../src-ipc/contract.ts';
import type { ServerLogEntry } from '../../src-ipc/server-contract.ts';

/** A request in a log: the built-in server tells less of it. */
export type LogEntry = ReplayServerEntry & Partial<ServerLogEntry>;

/** How an HTTP status is coloured; 0 is none yet. */
export function statusClass(status: number): string {
  if (status === 0) return 'dim';
  return status < 400 ? 'status-completed' : 'status-failed';
}

/**
 * A path in two pieces, of which the first may be cut short: what tells requests apart is the last name of a
 * path, and what is asked of it.
 */
export function pathPieces(path: string): [head: string, tail: string] {
  const query = path.indexOf('?');
  const end = query < 0 ? path.length : query;
  const at = path.lastIndexOf('/', end - 1);
  return at <= 0 ? ['', path] : [path.slice(0, at), path.slice(at)];
}
