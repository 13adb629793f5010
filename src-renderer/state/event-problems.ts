import type { EventIndex } from '../../src-core/index/event-index.ts';
import type { Problem } from '../../src-core/problem.ts';

const NONE: readonly Problem[] = [];

/** The listed problems of a capture by their events, kept as they come in. */
export class EventProblems {
  readonly #index: EventIndex;
  readonly #bySeq = new Map<number, Problem[]>();
  #taken = 0;
  /** The events that a problem was found for after they had been there without it, as often as one was. */
  readonly late: number[] = [];

  constructor(index: EventIndex) {
    this.#index = index;
  }

  of(seq: number): readonly Problem[] {
    return this.#bySeq.get(seq) ?? NONE;
  }

  /**
   * Takes what the index has got since the last call.
   * @param known how many events there were. @param ended no event will follow: a problem behind the
   * last event counts as one of it.
   */
  take(known: number, ended: boolean): void {
    const { problems, count } = this.#index;
    for (; this.#taken < problems.length; this.#taken++) {
      const problem = problems[this.#taken]!;
      this.#add(problem.seq, problem);
      if (problem.seq < known) this.late.push(problem.seq);
    }
    const behind = ended ? this.#bySeq.get(count) : undefined;
    if (!behind || count === 0) return;
    this.#bySeq.delete(count);
    for (const problem of behind) {
      this.#add(count - 1, problem);
      this.late.push(count - 1);
    }
  }

  #add(seq: number, problem: Problem): void {
    const known = this.#bySeq.get(seq);
    if (known) known.push(problem);
    else this.#bySeq.set(seq, [problem]);
  }
}
