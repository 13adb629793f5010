/** How long all searches together may hold up the page before it gets its turn. */
const TURN_MS = 8;

/** A search that goes on as often as it gets a share of the time. */
export interface TurnTaker {
  /** Works up to a time of `performance.now()`, one block at least. Returns whether there is more. */
  work(untilMs: number): boolean;
}

/**
 * Divides the page's time among the searches of an open capture: 8 ms a turn for all of them,
 * however many there are, each turn a task of its own. Those that wait get equal shares, and who got
 * none is the first in the next turn; what the person looks at comes first, with half of the time.
 */
export class SearchTurns {
  readonly #first = new Set<TurnTaker>();
  readonly #others = new Set<TurnTaker>();
  /** What this task has used up; the next one has all of it again. */
  #spentMs = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isStopped = false;

  /** Lets a search work: at once where nobody waits and there is time left, else in its turn. */
  request(search: TurnTaker, isFirst = false): void {
    const waiting = isFirst ? this.#first : this.#others;
    if (this.#isStopped || waiting.has(search)) return;
    const isFree = this.#first.size + this.#others.size === 0 && this.#spentMs < TURN_MS;
    if (!isFree || this.#work(search, TURN_MS - this.#spentMs)) waiting.add(search);
    // Also where nobody waits: with the next task the time is there again.
    if (waiting.size > 0 || this.#spentMs > 0) this.#schedule();
  }

  cancel(search: TurnTaker): void {
    this.#first.delete(search);
    this.#others.delete(search);
  }

  /** Nothing works any more, nor ever again. */
  stop(): void {
    this.#isStopped = true;
    this.#first.clear();
    this.#others.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #work(search: TurnTaker, shareMs: number): boolean {
    const startMs = performance.now();
    const hasMore = search.work(startMs + shareMs);
    this.#spentMs += performance.now() - startMs;
    return hasMore;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#spentMs = 0;
      this.#turn();
    });
  }

  #turn(): void {
    for (const search of [...this.#first]) {
      const shareMs = this.#others.size > 0 ? TURN_MS / 2 : TURN_MS;
      if (!this.#work(search, shareMs / this.#first.size)) this.#first.delete(search);
    }
    const [first] = this.#others;
    let left = this.#others.size;
    // One at least, or what comes first could keep all others waiting.
    for (const search of [...this.#others]) {
      const shareMs = Math.max(0, TURN_MS - this.#spentMs) / left--;
      this.#others.delete(search);
      if (this.#work(search, shareMs)) this.#others.add(search);
      if (this.#spentMs >= TURN_MS) break;
    }
    // Where all had their share, who overdrew it as the first is the last next time.
    if (left === 0 && first && this.#others.delete(first)) this.#others.add(first);
    if (this.#first.size + this.#others.size > 0 || this.#spentMs > 0) this.#schedule();
  }
}
