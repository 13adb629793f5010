import { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import type { EventIndex, IndexedLane } from '../../src-core/index/event-index.ts';
import { writingAt } from '../../src-core/provenance/writings.ts';
import type { Plan } from '../../src-core/schema-check/plan.ts';
import { SchemaCheck } from '../../src-core/schema-check/schema-check.ts';
import type { SchemaSource } from '../../src-core/schema-check/source.ts';
import type { WholeVerdict } from '../../src-ipc/contract.ts';

/** Happenings of a document that are checked between two looks at the clock. */
const STEP = 500;

/** What a validator said of the whole text, or why it said nothing. */
export type Whole = WholeVerdict | { refused: string } | null;

/** A lane that was asked for with a schema, and how its text does. */
export class LaneCheck {
  readonly lane: number;
  readonly source: SchemaSource;
  readonly check: SchemaCheck;
  /** Whatever changes is told by the owner: see `SchemaChecks`. */
  whole: Whole = null;
  isAsked = false;
  /** Whether the end of the stream was put behind the text, which one unit of white space stands for. */
  #hasEnd = false;
  readonly #index: EventIndex;
  readonly #own: GrowingDocument | null;

  /** @param document the lane's, null where its text does not look like JSON */
  constructor(
    index: EventIndex,
    lane: number,
    source: SchemaSource,
    plan: Plan,
    document: GrowingDocument | null,
  ) {
    this.#index = index;
    this.lane = lane;
    this.source = source;
    this.#own = document ? null : new GrowingDocument();
    this.check = new SchemaCheck(plan, document ?? this.#own!);
  }

  get #text(): IndexedLane {
    return this.#index.lanes[this.lane]!;
  }
  get isRead(): boolean {
    return this.check.length === this.#text.text.length + (this.#hasEnd ? 1 : 0);
  }

  /** Nothing follows: a number that is the whole text, and may else go on, ends here. */
  end(): void {
    if (this.#hasEnd || !this.#own) return;
    this.#own.append(this.#text.text.slice(this.#own.length));
    if (this.#own.length === 0 || this.#own.kindOf(0) !== 'number') return;
    this.#own.append(' ');
    this.#hasEnd = true;
  }
  /** The length of the text at which all is known that is known of it when it had `length` units. */
  judgedLength(length: number, isOver: boolean): number {
    return isOver && this.#hasEnd && length === this.#text.text.length ? length + 1 : length;
  }

  /** Reads on until a time (`performance.now()`); true if that was all. */
  readOn(until: number): boolean {
    const { text } = this.#text;
    const { document } = this.check;
    if (this.#own) this.#own.append(text.slice(document.length));
    while (!this.check.advance(STEP)) if (performance.now() > until) return false;
    return true;
  }

  /** The event with which the text came to have a unit, and with it what that made certain. */
  seqOf(length: number): number | null {
    const last = Math.min(length, this.#text.text.length) - 1;
    return writingAt(this.#index, this.lane, last)?.seq ?? null;
  }

  /** The event from which on the text can't become valid, null while it can. */
  get invalidSeq(): number | null {
    return this.check.invalidFrom < 0 ? null : this.seqOf(this.check.invalidFrom);
  }
}
