import { untrack } from 'svelte';
import {
  type Alignment,
  isDifference,
  ROW_KINDS,
  type RowKind,
} from '../../src-core/compare/alignment.ts';
import { differenceBlocks, NO_BLOCKS } from '../../src-core/compare/difference-blocks.ts';
import { EventKeys, KeyTable } from '../../src-core/compare/event-keys.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import { Pace } from '../state/pace.ts';
import type { CompareOffPage } from './compare-off-page.ts';
import { inSlices } from './slices.ts';

/** Events that are read between two looks at the clock. */
const EVENTS = 256;
/** How often live captures are aligned anew; long ones less often, so that most of the time is free. */
const LIVE_MS = 500;

interface Pair {
  a: CaptureView;
  b: CaptureView;
}

/**
 * The alignment of two captures: what is there is aligned, and again as one of them goes on. Events are read
 * as keys in slices; the alignment is made in a worker.
 */
export class AlignedEvents {
  readonly #work: CompareOffPage;
  readonly #onError: (error: unknown) => void;
  readonly #pace = new Pace(LIVE_MS, () => void this.#begin());
  #pair: Pair | null = null;
  #keys: { a: EventKeys; b: EventKeys } | null = null;
  #isWorking = false;
  #isStale = false;
  #alignment = $state.raw<Alignment | null>(null);
  #read = $state(0);
  #failed = $state('');

  constructor(work: CompareOffPage, onError: (error: unknown) => void) {
    this.#work = work;
    this.#onError = onError;
  }

  /** Null until the first one is made. It may know fewer events than the captures have by now. */
  get alignment(): Alignment | null {
    return this.#alignment;
  }
  /** How many events of both are read, for the progress. */
  get read(): number {
    return this.#read;
  }
  /** Why there is no alignment, '' where there is one, or will be. */
  get failed(): string {
    return this.#failed;
  }

  /** The rows that differ, ascending. */
  readonly different: Int32Array = $derived.by(() => {
    const { alignment } = this;
    if (!alignment) return new Int32Array();
    const differs = ROW_KINDS.map((kind) => isDifference(kind));
    const rows: number[] = [];
    alignment.kind.forEach((kind, row) => {
      if (differs[kind]) rows.push(row);
    });
    return Int32Array.from(rows);
  });

  /** Those rows as a person counts and steps them: one after the other is one difference. */
  readonly blocks = $derived.by(() =>
    this.alignment ? differenceBlocks(this.alignment) : NO_BLOCKS,
  );

  kindOf(row: number): RowKind {
    return ROW_KINDS[this.#alignment!.kind[row]!]!;
  }

  /** Aligns these, or goes on with them. Reads their counts, so that an effect runs it again. */
  follow(a: CaptureView | null, b: CaptureView | null): void {
    void a?.count;
    void b?.count;
    void a?.ended;
    void b?.ended;
    untrack(() => this.#follow(a, b));
  }

  #follow(a: CaptureView | null, b: CaptureView | null): void {
    if (this.#pair?.a !== a || this.#pair?.b !== b) {
      this.#pair = a && b ? { a, b } : null;
      this.#alignment = null;
      this.#failed = '';
      this.#read = 0;
      const table = new KeyTable();
      this.#keys = a && b ? { a: new EventKeys(a, table), b: new EventKeys(b, table) } : null;
    }
    // Of finished captures nothing is shown before all of it is here.
    const waits = [a, b].some((view) => view?.meta.end && !view.ended);
    if (this.#pair && !waits) this.#pace.request();
  }

  async #begin(): Promise<void> {
    const [pair, keys] = [this.#pair, this.#keys];
    if (!pair || !keys) return;
    if (this.#isWorking) {
      this.#isStale = true;
      return;
    }
    this.#isWorking = true;
    try {
      const isWanted = () => this.#pair === pair;
      const open = { a: !pair.a.ended, b: !pair.b.ended };
      const columns = await inSlices(this.#steps(keys), isWanted);
      if (!columns) return;
      const alignment = await this.#work.ask('align', { ...columns, open });
      if (isWanted()) this.#alignment = alignment;
    } catch (error) {
      if (this.#pair !== pair) return;
      this.#failed = error instanceof Error ? error.message : String(error);
      this.#onError(error);
    } finally {
      this.#isWorking = false;
      if (this.#isStale || this.#pair !== pair) this.#pace.request();
      this.#isStale = false;
    }
  }

  *#steps(keys: { a: EventKeys; b: EventKeys }) {
    for (const side of [keys.a, keys.b])
      while (!side.isCaughtUp) {
        side.readOn(EVENTS);
        this.#read = keys.a.count + keys.b.count;
        yield;
      }
    return { a: keys.a.columns(), b: keys.b.columns() };
  }
}
