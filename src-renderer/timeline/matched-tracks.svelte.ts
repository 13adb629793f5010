import { MatchedSeries } from '../../src-core/timeline/matched-series.ts';
import type { EventRange } from '../state/event-filter.svelte.ts';
import { Pace } from '../state/pace.ts';
import type { Session } from '../state/session.svelte.ts';

/** Rows are taken over for so long before the page gets its turn, and so often. */
const SLICE_MS = 6;
const EVERY_MS = 60;

/**
 * The events that the filter lets through, by track: taken over from the rows of the event list as
 * these are found. Made in a component.
 */
export class MatchedTracks {
  readonly #session: Session;
  #series: MatchedSeries | null = null;
  #rows = 0;
  #lastSeq = -1;
  #query = '';
  #range: EventRange | null = null;
  #revision = 0;
  /** Counts what was taken over, so that whoever draws it knows when there is more. */
  #version = $state(0);

  constructor(session: Session) {
    this.#session = session;
    const pace = new Pace(EVERY_MS, () => {
      if (!this.#take()) pace.request();
    });
    $effect(() => {
      const { filter, timeline } = session;
      void [filter.query, filter.range, filter.rowCount, filter.revision, timeline.count];
      pace.request();
    });
    $effect(() => () => pace.stop());
  }

  /** Null while nothing is filtered. */
  get series(): MatchedSeries | null {
    return this.#version >= 0 && this.#session.filter.isActive ? this.#series : null;
  }

  /** Returns whether all rows that can be taken over are. */
  #take(): boolean {
    const { filter, timeline, view } = this.#session;
    if (!filter.isActive) {
      this.#series = null;
      return true;
    }
    if (!this.#series || this.#isOther()) {
      this.#series = new MatchedSeries(timeline.tracks);
      this.#rows = 0;
      this.#lastSeq = -1;
      this.#query = filter.query;
      this.#range = filter.range;
      this.#revision = filter.revision;
    }
    const { type } = view.index.columns;
    const untilMs = performance.now() + SLICE_MS;
    let isHeldUp = false;
    while (this.#rows < filter.rowCount) {
      const seq = filter.seqOfRow(this.#rows);
      // What the tracks do not have yet comes with the next of their slices.
      isHeldUp = seq >= timeline.count;
      if (isHeldUp) break;
      this.#series.add(seq, type[seq]!);
      this.#lastSeq = seq;
      this.#rows++;
      if ((this.#rows & 255) === 0 && performance.now() > untilMs) break;
    }
    this.#version++;
    return isHeldUp || this.#rows >= filter.rowCount;
  }

  /** Whether the rows are no longer those that were taken over. */
  #isOther(): boolean {
    const { filter } = this.#session;
    if (filter.query !== this.#query || filter.range !== this.#range) return true;
    if (filter.revision !== this.#revision) return true;
    if (filter.rowCount < this.#rows) return true;
    return this.#rows > 0 && filter.seqOfRow(this.#rows - 1) !== this.#lastSeq;
  }
}
