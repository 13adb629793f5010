import type { EventTest, Filter } from '../../src-core/filter/filter.ts';
import { parseFilter } from '../../src-core/filter/filter.ts';
import type { FilterError } from '../../src-core/filter/syntax.ts';
import { nameAtEnd } from '../../src-core/filter/writing.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import { ChangedFacts } from './changed-facts.ts';
import { EventSearch } from './event-search.svelte.ts';
import type { SearchTurns } from './search-turns.ts';

export interface EventRange {
  from: number;
  /** The last event that belongs to it. */
  to: number;
}

/**
 * The rows of the event list: the events that pass the query of the filter box and lie in the range
 * that was selected in the timeline.
 */
export class EventFilter {
  readonly #view: CaptureView;
  readonly #search: EventSearch;
  #query = $state('');
  #filter = $state.raw<Filter | null>(null);
  #error = $state.raw<FilterError | null>(null);
  #range = $state.raw<EventRange | null>(null);
  #changed: ChangedFacts;

  constructor(view: CaptureView, turns?: SearchTurns) {
    this.#view = view;
    this.#changed = new ChangedFacts(view, null);
    this.#search = new EventSearch(view, turns, true);
  }

  /** As it was typed; setting it searches anew. */
  get query(): string {
    return this.#query;
  }
  set query(query: string) {
    this.#query = query;
    const parsed = parseFilter(query);
    // The rows of the last query that could be read stay.
    this.#error = parsed.ok ? null : parsed.error;
    if (!parsed.ok) return;
    this.#filter = parsed.filter;
    this.#restart();
  }

  /**
   * Sets the query as it is being typed: a term of which only the name is there waits, and the rows
   * stay, until it goes on or `settle` is called.
   */
  type(query: string): void {
    const waits = nameAtEnd(query);
    if (!waits) {
      this.query = query;
      return;
    }
    this.#query = query;
    this.#error = waits;
  }
  /** Typing is over: a name that waits is a word. */
  settle(): void {
    if (this.#error !== null && nameAtEnd(this.#query)) this.query = this.#query;
  }

  /** What is wrong with the query, while something is. */
  get error(): FilterError | null {
    return this.#error;
  }

  get range(): EventRange | null {
    return this.#range;
  }
  set range(range: EventRange | null) {
    const same = range?.from === this.#range?.from && range?.to === this.#range?.to;
    this.#range = range;
    if (!same) this.#restart();
  }

  /** Whether nothing is asked for, not even something that can't be read. */
  get isClear(): boolean {
    return this.#query === '' && this.#range === null;
  }
  /** Shows every event. */
  clear(): void {
    this.#range = null;
    this.query = '';
  }

  /** Whether rows are left out: by a query that could be read, or by a range. */
  get isActive(): boolean {
    return this.#filter !== null || this.#range !== null;
  }
  /** Whether all events were looked at. */
  get isComplete(): boolean {
    return !this.isActive || this.#search.isComplete;
  }

  /** Counts how often rows came or went in between. */
  get revision(): number {
    return this.#search.revision;
  }
  /** How many rows the list has. */
  get rowCount(): number {
    return this.isActive ? this.#search.count : this.#view.count;
  }

  /** The event in a row. */
  seqOfRow(row: number): number {
    return this.isActive ? this.#search.at(row) : row;
  }

  /** The row of an event, or of the last one before it: -1 where there is none. */
  rowUpTo(seq: number): number {
    if (!this.isActive) return Math.min(seq, this.#view.count - 1);
    return this.#search.countUpTo(seq) - 1;
  }

  /**
   * Looks at what has come in. Called when the capture has grown, and when what is known of its
   * events may have changed: bookmarks, problems, what the schemas say.
   */
  extend(): void {
    if (!this.isActive) return;
    this.#search.reconsider([
      ...this.#changed.takeBookmarks(),
      ...this.#changed.takeProblems(),
      ...this.#changed.takeInvalid(),
    ]);
    this.#search.extend();
  }

  /** Searches no further; the rows that were found stay. */
  stop(): void {
    this.#search.stop();
  }

  #restart(): void {
    this.#changed = new ChangedFacts(this.#view, this.#filter);
    if (!this.isActive) {
      this.#search.stop();
      return;
    }
    const test: EventTest = this.#filter?.matcher(this.#view) ?? (() => true);
    this.#search.start(test, this.#range?.from, this.#range?.to);
  }
}
