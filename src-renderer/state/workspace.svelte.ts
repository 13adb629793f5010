import type { Workspace } from '../../src-ipc/contract.ts';
import { api } from '../api.ts';
import { StoredValues } from './stored.svelte.ts';

/** What a person debugs with, whatever capture is open: breakpoints, watches, filters, colours. */
export class WorkspaceState extends StoredValues<Workspace> {
  constructor(values: Workspace, onError: (error: unknown) => void) {
    super(values, (patch) => api.workspace.set(patch), onError);
  }
}

/** An id for a new entry of the workspace. */
export function newId(): string {
  return crypto.randomUUID();
}
