import type { EventTest } from '../../src-core/filter/filter.ts';
import { NumberList } from '../../src-core/index/columns.ts';
import { SearchTurns, type TurnTaker } from './search-turns.ts';

/** As much of a capture as a search reads. */
interface Searched {
  /** Reactive: events that are there. */
  readonly count: number;
  readonly index: { readonly count: number };
  /** Reactive: no more will come. */
  readonly ended: boolean;
}

/**
 * The events of a capture for which a test holds, in ascending order. It is searched whenever it gets
 * its turn, and on as the capture grows. The test is asked about each event once, in order, and about
 * none that it can't decide yet.
 */
export class EventSearch implements TurnTaker {
  readonly #view: Searched;
  readonly #turns: SearchTurns;
  readonly #isFirst: boolean;
  #test: EventTest | null = null;
  #until = Infinity;
  #found = new NumberList();
  #examined = 0;
  // Reactive, once a slice: the list itself only grows.
  #shownCount = $state(0);
  #shownExamined = $state(0);

  /** @param turns shared with all other searches of the window. @param isFirst goes before them. */
  constructor(view: Searched, turns = new SearchTurns(), isFirst = false) {
    this.#view = view;
    this.#turns = turns;
    this.#isFirst = isFirst;
  }

  /** How many were found so far. */
  get count(): number {
    return this.#shownCount;
  }
  /** How many events were looked at. */
  get examined(): number {
    return this.#shownExamined;
  }
  /** Whether all events that are there were looked at. */
  get isComplete(): boolean {
    return this.#test === null || this.#shownExamined >= Math.min(this.#view.count, this.#until);
  }

  /** Starts over with another test, with the events from `from` to `to`, both included. */
  start(test: EventTest, from = 0, to = Infinity): void {
    this.stop();
    this.#test = test;
    this.#until = to + 1;
    this.#found = new NumberList();
    this.#examined = from;
    this.#show();
    this.extend();
  }

  /** Looks no further, also when the capture grows. What was found stays. */
  stop(): void {
    this.#turns.cancel(this);
    this.#test = null;
  }

  /** Looks at what has come in. To be called when the capture has grown or ended. */
  extend(): void {
    // Read here too, so that an effect which extends the search runs again.
    void this.#view.ended;
    if (!this.#test || this.#examined >= Math.min(this.#view.index.count, this.#until)) return;
    this.#turns.request(this, this.#isFirst);
  }

  /** The `row`th event that was found, from 0. */
  at(row: number): number {
    return this.#found.at(row);
  }
  /** How many of those found are at most `seq`. */
  countUpTo(seq: number): number {
    void this.#shownCount;
    return this.#found.countUpTo(seq);
  }
  /** The nearest one found after an event. */
  next(seq: number): number | null {
    const row = this.countUpTo(seq);
    return row < this.#found.length ? this.#found.at(row) : null;
  }
  /** The nearest one found before an event. */
  previous(seq: number): number | null {
    const row = this.countUpTo(seq - 1) - 1;
    return row >= 0 ? this.#found.at(row) : null;
  }

  /** Only for whoever gives out the turns. */
  work(untilMs: number): boolean {
    const test = this.#test;
    if (!test) return false;
    const undecided = this.#view.ended ? Infinity : (test.undecidedFrom?.() ?? Infinity);
    const total = Math.min(this.#view.index.count, this.#until, undecided);
    // Asking for the time costs more than a cheap test.
    const between = test.isSlow ? 0 : 15;
    let seq = this.#examined;
    while (seq < total) {
      if (!test.prepare || test.prepare(seq)) {
        if (test(seq)) this.#found.push(seq);
        seq++;
      }
      if ((seq & between) === 0 && performance.now() >= untilMs) break;
    }
    this.#examined = seq;
    this.#show();
    return seq < total;
  }

  #show(): void {
    this.#shownExamined = this.#examined;
    this.#shownCount = this.#found.length;
  }
}
