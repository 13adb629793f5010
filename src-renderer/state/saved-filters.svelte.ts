import type { SavedFilter, Workspace } from '../../src-ipc/contract.ts';
import type { Notices } from './notices.svelte.ts';
import type { Undo } from './undo.svelte.ts';
import { fits, isShortEnough, newId } from './workspace.svelte.ts';

interface Owner {
  readonly notices: Pick<Notices, 'add'>;
  readonly undo: Pick<Undo, 'offer'>;
  readonly workspace: {
    readonly values: Pick<Workspace, 'filters'>;
    set(patch: Pick<Workspace, 'filters'>): void;
  };
}

/** The filters that a person keeps under names, for all captures. */
export class SavedFilters {
  readonly #app: Owner;
  /** Whether the list of them shows. */
  shown = $state(false);

  constructor(app: Owner) {
    this.#app = app;
  }

  get list(): readonly SavedFilter[] {
    return this.#app.workspace.values.filters;
  }

  /** Keeps a query under a name; one that has the name already is replaced. */
  save(name: string, query: string): void {
    if (!isShortEnough(this.#app.notices, query)) return;
    const known = this.list.find((one) => one.name === name);
    if (known) this.#put(this.list.map((one) => (one === known ? { ...known, query } : one)));
    else this.#put([...this.list, { id: newId(), name, query }]);
  }

  rename(id: string, name: string): void {
    if (name.trim() === '') return;
    this.#put(this.list.map((one) => (one.id === id ? { ...one, name: name.trim() } : one)));
  }

  /** Deletes it, and offers to bring it back to its place. */
  delete(id: string): void {
    const at = this.list.findIndex((one) => one.id === id);
    const gone = this.list[at];
    if (!gone) return;
    this.#put(this.list.filter((one) => one.id !== id));
    this.#app.undo.offer(`Deleted the filter “${gone.name}”.`, `delete of ${gone.name}`, () =>
      this.#put([...this.list.slice(0, at), gone, ...this.list.slice(at)]),
    );
  }

  #put(filters: SavedFilter[]): void {
    if (fits(this.#app.notices, filters, 'saved filters')) this.#app.workspace.set({ filters });
  }
}
