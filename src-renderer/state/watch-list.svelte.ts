import type { Watch } from '../../src-ipc/contract.ts';
import type { Notices } from './notices.svelte.ts';
import type { Undo } from './undo.svelte.ts';
import { fits, isShortEnough, newId, type WorkspaceState } from './workspace.svelte.ts';

/** What the person watches, whatever capture is open. It is kept in the workspace. */
export class WatchList {
  readonly #workspace: Pick<WorkspaceState, 'values' | 'set'>;
  readonly #undo: Pick<Undo, 'offer'>;
  readonly #notices: Pick<Notices, 'add'>;
  /** The one whose changes the drawer lists. */
  selected = $state<string | null>(null);

  constructor(app: {
    readonly workspace: Pick<WorkspaceState, 'values' | 'set'>;
    readonly undo: Pick<Undo, 'offer'>;
    readonly notices: Pick<Notices, 'add'>;
  }) {
    this.#workspace = app.workspace;
    this.#undo = app.undo;
    this.#notices = app.notices;
  }

  get all(): readonly Watch[] {
    return this.#workspace.values.watches;
  }

  /** Adds one at the end, if there is none with the expression yet. Returns its id, null where it has no room. */
  add(expression: string): string | null {
    const known = this.all.find((one) => one.expression === expression);
    if (known) return known.id;
    const id = newId();
    if (!isShortEnough(this.#notices, expression)) return null;
    return this.#set([...this.all, { id, expression }]) ? id : null;
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
      () => void this.#set([...this.all.slice(0, at), gone, ...this.all.slice(at)]),
    );
  }

  /** @returns false if they are too many, which is told. */
  #set(watches: Watch[]): boolean {
    if (!fits(this.#notices, watches, 'watches')) return false;
    this.#workspace.set({ watches });
    return true;
  }
}
