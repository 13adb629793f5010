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
  #from = 0;
  #until = Infinity;
  #found = new NumberList();
  #examined = 0;
  /** Events to be asked about once more, and those whose answer is another one now. */
  readonly #again = new Set<number>();
  readonly #turned = new Set<number>();
  #shownRevision = $state(0);
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
  /** Counts how often events that were looked at got another answer. */
  get revision(): number {
    return this.#shownRevision;
  }
  /** How many events were looked at, up to the first that has to be looked at again. */
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
    this.#from = from;
    this.#until = to + 1;
    this.#again.clear();
    this.#turned.clear();
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

  /** Asks again about events, where something was found out that is not in them. Until then they stay. */
  reconsider(seqs: readonly number[]): void {
    for (const seq of seqs) if (seq >= this.#from && seq < this.#examined) this.#again.add(seq);
    if (this.#again.size === 0 || !this.#test) return;
    this.#show();
    this.#turns.request(this, this.#isFirst);
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
    void this.#shownRevision;
    return this.#found.at(row);
  }
  /** How many of those found are at most `seq`. */
  countUpTo(seq: number): number {
    void this.#shownCount;
    void this.#shownRevision;
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
    if (!this.#lookAgain(test, untilMs)) return true;
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

  /** Returns whether nothing is left to be looked at again. */
  #lookAgain(test: EventTest, untilMs: number): boolean {
    if (this.#again.size === 0) return true;
    do {
      const [seq] = this.#again;
      if (seq === undefined) break;
      if (test.prepare && !test.prepare(seq)) continue;
      this.#again.delete(seq);
      const held = this.#found.countUpTo(seq) > this.#found.countUpTo(seq - 1);
      if (test(seq) !== held) this.#turned.add(seq);
    } while (performance.now() < untilMs);
    if (this.#again.size === 0) this.#turn();
    this.#show();
    return this.#again.size === 0;
  }

  /** Takes over the other answers, all at once. */
  #turn(): void {
    if (this.#turned.size === 0) return;
    const turned = this.#turned;
    const kept = Array.from({ length: this.#found.length }, (_, row) => this.#found.at(row));
    const held = new Set(kept.filter((seq) => turned.has(seq)));
    const more = [...turned].filter((seq) => !held.has(seq));
    const found = [...kept.filter((seq) => !held.has(seq)), ...more];
    this.#found = new NumberList();
    for (const seq of found.sort((one, other) => one - other)) this.#found.push(seq);
    turned.clear();
    this.#shownRevision++;
  }

  #show(): void {
    this.#shownExamined = Math.min(this.#examined, ...this.#again, ...this.#turned);
    this.#shownCount = this.#found.length;
  }
}
