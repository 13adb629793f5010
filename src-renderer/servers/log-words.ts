import type { ReplayServerEntry } from '../../src-ipc/contract.ts';
import type { ServerLogEntry } from '../../src-ipc/server-contract.ts';

/** A request in a log: the built-in server tells less of it. */
export type LogEntry = ReplayServerEntry & Partial<ServerLogEntry>;

/** How an HTTP status is coloured; 0 is none yet. */
export function statusClass(status: number): string {
  if (status === 0) return 'dim';
  return status < 400 ? 'status-completed' : 'status-failed';
}
