import type { Breakpoint } from '../../src-ipc/contract.ts';
import type { Undo } from './undo.svelte.ts';
import { newId, type WorkspaceState } from './workspace.svelte.ts';

/** The person's breakpoints, whatever capture is open. They are kept in the workspace. */
export class BreakpointList {
  readonly #workspace: WorkspaceState;
  readonly #undo: Undo;
  /** Whether any of them stops anything now. Not kept: after a start they do. */
  areActive = $state(true);
  /** The one whose events the drawer lists. */
  selected = $state<string | null>(null);

  constructor(workspace: WorkspaceState, undo: Undo) {
    this.#workspace = workspace;
    this.#undo = undo;
  }

  get all(): readonly Breakpoint[] {
    return this.#workspace.values.breakpoints;
  }

  /** Adds one at the end. One with the same query is enabled instead. Returns its id. */
  add(query: string): string {
    const known = this.all.find((one) => one.query === query);
    if (known) {
      this.change(known.id, { enabled: true });
      return known.id;
    }
    const id = newId();
    this.#set([...this.all, { id, query, enabled: true, hits: 0 }]);
    return id;
  }

  change(id: string, patch: Partial<Omit<Breakpoint, 'id'>>): void {
    this.#set(this.all.map((one) => (one.id === id ? { ...one, ...patch } : one)));
  }

  /** Removes one; it can be brought back to where it was. */
  remove(id: string): void {
    const at = this.all.findIndex((one) => one.id === id);
    const gone = this.all[at];
    if (!gone) return;
    this.#set(this.all.filter((one) => one !== gone));
    this.#undo.offer(
      `Removed the breakpoint ${gone.query}.`,
      `remove of the breakpoint ${gone.query}`,
      () => this.#set([...this.all.slice(0, at), gone, ...this.all.slice(at)]),
    );
  }

  /** Adds the query, or removes the breakpoint that has it. */
  toggle(query: string): void {
    const known = this.all.find((one) => one.query === query);
    if (known) this.remove(known.id);
    else this.add(query);
  }

  /** Each of them has stopped something once more. */
  countHits(ids: readonly string[]): void {
    this.#set(this.all.map((one) => (ids.includes(one.id) ? { ...one, hits: one.hits + 1 } : one)));
  }

  resetHits(): void {
    this.#set(this.all.map((one) => ({ ...one, hits: 0 })));
  }

  #set(breakpoints: Breakpoint[]): void {
    this.#workspace.set({ breakpoints });
  }
}
