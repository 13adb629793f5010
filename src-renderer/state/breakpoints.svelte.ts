import { type Filter, parseFilter } from '../../src-core/filter/filter.ts';
import type { FilterError } from '../../src-core/filter/syntax.ts';
import type { Breakpoint } from '../../src-ipc/contract.ts';
import type { BreakpointList } from './breakpoint-list.svelte.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import { ChangedFacts } from './changed-facts.ts';
import { EventSearch } from './event-search.svelte.ts';
import type { SearchTurns } from './search-turns.ts';
import type { Stop, Stops } from './stops.ts';

/** The events that stop, for whoever marks them: ascending. */
export interface BreakpointMarks {
  readonly id: string;
  readonly query: string;
  /** Reactive. */
  readonly length: number;
  at(index: number): number;
  /** How many are at most `seq`. */
  countUpTo(seq: number): number;
}

/** A breakpoint as it stands to the open capture. */
export class BreakpointSearch {
  readonly query: string;
  readonly error: FilterError | null;
  readonly search: EventSearch;
  readonly #view: CaptureView;
  readonly #filter: Filter | null;
  /** While it searches. */
  #changed: ChangedFacts | null = null;
  /** Events that had not held, and that a problem turned up for. */
  readonly #late = new Set<number>();

  constructor(view: CaptureView, query: string, turns?: SearchTurns) {
    this.#view = view;
    this.query = query;
    this.search = new EventSearch(view, turns);
    const parsed = parseFilter(query);
    this.#filter = parsed.ok ? parsed.filter : null;
    const nothing = { message: 'a breakpoint needs a filter', start: 0, end: 0, unfinished: true };
    this.error = parsed.ok ? (parsed.filter ? null : nothing) : parsed.error;
  }

  /** Searches what is there, or nothing more. To be called when events, bookmarks or problems came. */
  update(enabled: boolean): void {
    if (!enabled || !this.#filter) {
      this.#changed = null;
      this.search.stop();
      return;
    }
    if (!this.#changed) {
      this.#changed = new ChangedFacts(this.#view, this.#filter);
      this.#late.clear();
      this.search.start(this.#filter.matcher(this.#view));
      return;
    }
    const late = [...this.#changed.takeProblems(), ...this.#changed.takeInvalid()];
    for (const seq of late) {
      if (seq < this.search.examined && !this.holdsAt(seq)) this.#late.add(seq);
    }
    this.search.reconsider([...this.#changed.takeBookmarks(), ...late]);
    this.search.extend();
  }

  /** Whether it came to hold at an event that had been answered otherwise; told once. */
  takeLate(seq: number): boolean {
    if (this.search.examined <= seq) return false;
    const isLate = this.#late.has(seq) && this.holdsAt(seq);
    this.#late.clear();
    return isLate;
  }

  holdsAt(seq: number): boolean {
    return this.search.countUpTo(seq) > this.search.countUpTo(seq - 1);
  }
}

interface Entry {
  breakpoint: Breakpoint;
  found: BreakpointSearch;
}

/**
 * The breakpoints against an open capture: where each of them holds, and what stops the replay and
 * the following of a live stream. Only enabled ones do any work.
 */
export class Breakpoints implements Stops {
  readonly #view: CaptureView;
  readonly #list: BreakpointList;
  readonly #turns: SearchTurns | undefined;
  #entries = $state.raw<readonly Entry[]>([]);

  constructor(view: CaptureView, list: BreakpointList, turns?: SearchTurns) {
    this.#view = view;
    this.#turns = turns;
    this.#list = list;
  }

  /** Takes over the list as it is now, and searches what has come in since. For an effect to call. */
  update(): void {
    const { all } = this.#list;
    const known = new Map(this.#known.map((one) => [one.breakpoint, one]));
    if (all.length !== known.size || all.some((one) => !known.has(one))) this.#takeOver(all);
    for (const { breakpoint, found } of this.#known) found.update(breakpoint.enabled);
  }

  /** The entries, without depending on them. */
  #known: readonly Entry[] = [];

  #takeOver(all: readonly Breakpoint[]): void {
    const before = new Map(this.#known.map((one) => [one.breakpoint.id, one.found]));
    this.#known = all.map((breakpoint) => {
      const kept = before.get(breakpoint.id);
      if (kept?.query === breakpoint.query) return { breakpoint, found: kept };
      kept?.search.stop();
      return { breakpoint, found: new BreakpointSearch(this.#view, breakpoint.query, this.#turns) };
    });
    const stays = new Set(all.map(({ id }) => id));
    for (const [id, found] of before) if (!stays.has(id)) found.search.stop();
    this.#entries = this.#known;
  }

  /** A breakpoint's search; undefined until the next update after it was added. */
  of(id: string): BreakpointSearch | undefined {
    return this.#entries.find(({ breakpoint }) => breakpoint.id === id)?.found;
  }

  /** Those that are enabled and can be read. */
  readonly #enabled: readonly Entry[] = $derived(
    this.#entries.filter(({ breakpoint, found }) => breakpoint.enabled && found.error === null),
  );

  /** Where each enabled breakpoint holds. */
  readonly marks: readonly BreakpointMarks[] = $derived(
    this.#enabled.map(({ breakpoint: { id, query }, found: { search } }) => ({
      id,
      query,
      get length() {
        return search.count;
      },
      at: (index) => search.at(index),
      countUpTo: (seq) => search.countUpTo(seq),
    })),
  );

  get active(): boolean {
    return this.#list.areActive && this.#enabled.length > 0;
  }

  get searchedUpTo(): number {
    return Math.min(Infinity, ...this.#enabled.map(({ found }) => found.search.examined));
  }

  nextStop(after: number, upTo: number): Stop | null {
    if (!this.#list.areActive) return null;
    let seq = Infinity;
    for (const { found } of this.#enabled) seq = Math.min(seq, found.search.next(after) ?? seq);
    return seq <= upTo ? { seq, breakpoints: this.hitsOf(seq) } : null;
  }

  get revision(): number {
    return this.#enabled.reduce((sum, { found }) => sum + found.search.revision, 0);
  }

  lateStop(seq: number): Stop | null {
    const late = this.#enabled.filter(({ found }) => found.takeLate(seq));
    if (late.length === 0 || !this.#list.areActive) return null;
    return { seq, breakpoints: late.map(({ breakpoint }) => breakpoint) };
  }

  count({ breakpoints }: Stop): void {
    this.#list.countHits(breakpoints.map(({ id }) => id));
  }

  /** The enabled breakpoints that hold at an event. */
  hitsOf(seq: number): Breakpoint[] {
    return this.#enabled
      .filter(({ found }) => found.holdsAt(seq))
      .map(({ breakpoint }) => breakpoint);
  }

  /** Their queries, '' where none holds. */
  namesAt(seq: number): string {
    if (this.#enabled.length === 0) return '';
    return this.hitsOf(seq)
      .map(({ query }) => query)
      .join(', ');
  }

  /** The nearest event before (-1) or after (1) another one where an enabled breakpoint holds. */
  beside(seq: number, direction: -1 | 1): number | null {
    const found = this.#enabled
      .map(({ found: { search } }) => (direction > 0 ? search.next(seq) : search.previous(seq)))
      .filter((one) => one !== null);
    if (found.length === 0) return null;
    return direction > 0 ? Math.min(...found) : Math.max(...found);
  }

  stop(): void {
    for (const { found } of this.#known) found.search.stop();
  }
}
