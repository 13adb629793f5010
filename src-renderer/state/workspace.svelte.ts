import { MAX_QUERY, MOST_ENTRIES, type Workspace } from '../../src-ipc/contract.ts';
import { api } from '../api.ts';
import type { Notices } from './notices.svelte.ts';
import { StoredValues } from './stored.svelte.ts';

/** What a person debugs with, whatever capture is open: breakpoints, watches, filters, colours. */
export class WorkspaceState extends StoredValues<Workspace> {
  constructor(values: Workspace, onError: (error: unknown) => void) {
    super(values, (patch) => api.workspace.set(patch), onError);
  }
}

/** Whether main keeps a list that long; if not, says what to do. */
export function fits(
  notices: Pick<Notices, 'add'>,
  entries: readonly unknown[],
  what: string,
): boolean {
  if (entries.length <= MOST_ENTRIES) return true;
  const message = `There are ${MOST_ENTRIES} ${what}, as many as are kept. Remove one to make room.`;
  notices.add('warning', message);
  return false;
}

/** Whether main keeps a query or expression that long; if not, says what to do. */
export function isShortEnough(notices: Pick<Notices, 'add'>, text: string): boolean {
  if (text.length <= MAX_QUERY) return true;
  const most = MAX_QUERY.toLocaleString('en');
  const message = `This has ${text.length.toLocaleString('en')} characters, and ${most} are kept. Shorten it.`;
  notices.add('warning', message);
  return false;
}

/** An id for a new entry of the workspace. */
export function newId(): string {
  return crypto.randomUUID();
}
