import { type Filter, parseFilter } from '../../src-core/filter.ts';
import { NumberList } from '../../src-core/index/columns.ts';
import type { CaptureView } from './capture-view.svelte.ts';

/** How long one slice of filtering may hold up the page. */
const SLICE_MS = 8;

/**
 * The events that match the filter box. A new query starts over in slices between frames; a growing
 * capture is filtered on from where it was.
 */
export class EventFilter {
  readonly #view: CaptureView;
  #query = $state('');
  #filter = $state.raw<Filter | null>(null);
  #matches = new NumberList();
  #count = $state(0);
  #examined = $state(0);
  #typeMatches: boolean[] = [];
  #scheduled = false;

  constructor(view: CaptureView) {
    this.#view = view;
  }

  get query(): string {
    return this.#query;
  }
  get isActive(): boolean {
    return this.#filter !== null;
  }
  /** Whether all events were looked at. */
  get isComplete(): boolean {
    return this.#filter === null || this.#examined >= this.#view.count;
  }

  set query(query: string) {
    this.#query = query;
    this.#filter = parseFilter(query);
    this.#matches = new NumberList();
    this.#count = 0;
    this.#examined = 0;
    this.#typeMatches = [];
    this.#slice();
  }

  /** How many rows the list has. */
  get rowCount(): number {
    return this.#filter ? this.#count : this.#view.count;
  }

  /** The event in a row. */
  seqOfRow(row: number): number {
    return this.#filter ? this.#matches.at(row) : row;
  }

  /** The row of an event, or of the last one before it: -1 where there is none. */
  rowUpTo(seq: number): number {
    if (!this.#filter) return Math.min(seq, this.#view.count - 1);
    void this.#count;
    return this.#matches.countUpTo(seq) - 1;
  }

  /** Looks at what has come in; called when the capture has grown. */
  extend(): void {
    if (this.#filter && !this.#scheduled) this.#slice();
  }

  #slice(): void {
    const filter = this.#filter;
    if (!filter) return;
    const until = performance.now() + SLICE_MS;
    const total = this.#view.index.count;
    let seq = this.#examined;
    for (; seq < total; seq++) {
      if (this.#matchesEvent(filter, seq)) this.#matches.push(seq);
      if ((seq & 63) === 63 && performance.now() > until) {
        seq++;
        break;
      }
    }
    this.#examined = seq;
    this.#count = this.#matches.length;
    if (seq >= total || this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      this.#slice();
    });
  }

  #matchesEvent(filter: Filter, seq: number): boolean {
    const type = this.#view.index.columns.type[seq]!;
    const known = (this.#typeMatches[type] ??= filter.matchesType(this.#view.index.types[type]!));
    if (!known) return false;
    if (!filter.readsData) return true;
    const name = this.#view.index.types[type]!;
    return filter.matchesText(`${name}\n${this.#view.dataText(seq)}`.toLowerCase());
  }
}
