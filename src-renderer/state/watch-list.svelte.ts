import type { Watch } from '../../src-ipc/contract.ts';
import type { Undo } from './undo.svelte.ts';
import { newId, type WorkspaceState } from './workspace.svelte.ts';

/** What the person watches, whatever capture is open. It is kept in the workspace. */
export class WatchList {
  readonly #workspace: WorkspaceState;
  readonly #undo: Undo;
  /** The one whose changes the drawer lists. */
  selected = $state<string | null>(null);

  constructor(workspace: WorkspaceState, undo: Undo) {
    this.#workspace = workspace;
    this.#undo = undo;
  }

  get all(): readonly Watch[] {
    return this.#workspace.values.watches;
  }

  /** Adds one at the end, if there is none with the expression yet. Returns its id. */
  add(expression: string): string {
    const known = this.all.find((one) => one.expression === expression);
    if (known) return known.id;
    const id = newId();
    this.#set([...this.all, { id, expression }]);
    return id;
  }

  change(id: string, expression: string): void {
    this.#set(this.all.map((one) => (one.id === id ? { id, expression } : one)));
  }

  /** Removes one; it can be brought back to where it was. */
  remove(id: string): void {
    const at = this.all.findIndex((one) => one.id === id);
    const gone = this.all[at];
    if (!gone) return;
    this.#set(this.all.filter((one) => one !== gone));
    this.#undo.offer(
      `Removed the watch ${gone.expression}.`,
      `remove of the watch ${gone.expression}`,
      () => this.#set([...this.all.slice(0, at), gone, ...this.all.slice(at)]),
    );
  }

  #set(watches: Watch[]): void {
    this.#workspace.set({ watches });
  }
}
