import type { Filter } from '../../src-core/filter/filter.ts';
import type { Bookmark } from '../../src-core/capture.ts';

/** As much of a capture as may change what is known of an event that is there. */
interface Facts {
  readonly bookmarks: readonly Bookmark[];
  readonly problems: { readonly lateCount: number; lateFrom(from: number): readonly number[] };
  readonly judgedCount: number;
  readonly invalidEvents: ReadonlySet<number>;
}

/** The events about which a filter has to be asked once more: what they are never changes, what is known of them may. */
export class ChangedFacts {
  readonly #facts: Facts;
  readonly #reads: Filter['reads'];
  #bookmarks: readonly Bookmark[];
  #problemCount: number;
  #invalid: ReadonlySet<number>;

  constructor(facts: Facts, filter: Filter | null) {
    this.#facts = facts;
    this.#reads = filter?.reads ?? new Set();
    this.#bookmarks = facts.bookmarks;
    this.#problemCount = facts.problems.lateCount;
    this.#invalid = facts.invalidEvents;
  }

  /** Those whose bookmark came or went since the last call. Reactive. */
  takeBookmarks(): readonly number[] {
    if (!this.#reads.has('bookmarks')) return [];
    const { bookmarks } = this.#facts;
    if (bookmarks === this.#bookmarks) return [];
    const changed = new Set(this.#bookmarks.map(({ seq }) => seq));
    for (const { seq } of bookmarks) if (!changed.delete(seq)) changed.add(seq);
    this.#bookmarks = bookmarks;
    return [...changed];
  }

  /** Those that a problem turned up for since the last call. Reactive. */
  takeProblems(): readonly number[] {
    if (!this.#reads.has('problems')) return [];
    const count = this.#facts.problems.lateCount;
    if (count === this.#problemCount) return [];
    const late = this.#facts.problems.lateFrom(this.#problemCount);
    this.#problemCount = count;
    return late;
  }

  /** Those from which on an output is invalid or no longer is, since the last call. Reactive. */
  takeInvalid(): readonly number[] {
    if (!this.#reads.has('schemas')) return [];
    const { invalidEvents } = this.#facts;
    // More events may be judged now, with no other answer.
    void this.#facts.judgedCount;
    if (invalidEvents === this.#invalid) return [];
    const changed = new Set(this.#invalid);
    for (const seq of invalidEvents) if (!changed.delete(seq)) changed.add(seq);
    this.#invalid = invalidEvents;
    return [...changed];
  }
}
