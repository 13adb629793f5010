import { untrack } from 'svelte';
import type { CaptureSummary } from '../../src-core/capture.ts';
import { blockBeside } from '../../src-core/compare/difference-blocks.ts';
import { rowOfSeq, seqByText, seqByTime, seqUpToRow } from '../../src-core/compare/linked.ts';
import { type CompareTab, MOST_COMPARED } from '../../src-core/compare/choices.ts';
import { type TextPair, textPairs } from '../../src-core/compare/output.ts';
import type { Settings } from '../../src-ipc/contract.ts';
import type { AppState } from '../state/app.svelte.ts';
import { AlignedEvents } from './aligned-events.svelte.ts';
import { CompareFacts } from './compare-facts.svelte.ts';
import { CompareOffPage } from './compare-off-page.ts';
import { CompareSide } from './compare-side.svelte.ts';
import CompareWorker from './compare.worker.ts?worker';

export type SideName = 'a' | 'b';
export const SIDES: readonly SideName[] = ['a', 'b'];
type Chosen = Settings['compare'];

/** As much of the window as a comparison needs. */
type Owner = Pick<AppState, 'captures' | 'session' | 'settings' | 'notices' | 'view' | 'show'>;

/** Two captures side by side, and further ones in the table. Read from when the view first shows. */
export class Comparing {
  readonly #app: Owner;
  readonly work = new CompareOffPage(() => new CompareWorker());
  readonly a: CompareSide;
  readonly b: CompareSide;
  readonly events: AlignedEvents;
  readonly facts: CompareFacts;
  /** The row that the keys move. */
  row = $state(0);
  /** The side that a person works on: it leads where the playheads are linked. */
  lead = $state<SideName>('a');
  /** The comparison whose first difference was shown. */
  #shown: object | null = null;

  constructor(app: Owner) {
    this.#app = app;
    const onError = (error: unknown) => app.notices.error(error);
    this.a = new CompareSide(onError);
    this.b = new CompareSide(onError);
    this.events = new AlignedEvents(this.work, onError);
    this.facts = new CompareFacts(onError);
    // Not those of the view: what was compared is still there when it shows again.
    $effect.root(() => {
      $effect(() => {
        if (app.view !== 'compare') return;
        for (const name of SIDES) {
          const summary = this.summaryOf(name);
          untrack(() => void this[name].open(summary?.id ?? null, summary?.status ?? 'streaming'));
        }
      });
      $effect(() => {
        if (app.view === 'compare') this.events.follow(this.a.view, this.b.view);
      });
      $effect(() => {
        void this.events.alignment;
        untrack(() => this.#keepUp());
      });
      $effect(() => {
        if (app.view !== 'compare' || this.chosen.tab !== 'table') return;
        const listed = this.listed;
        untrack(() => this.facts.want(listed));
      });
    });
  }

  get chosen(): Chosen {
    return this.#app.settings.values.compare;
  }
  choose(patch: Partial<Chosen>): void {
    this.#app.settings.set({ compare: { ...this.chosen, ...patch } });
  }

  /** The capture of a side; undefined where none is chosen, or it is gone. */
  summaryOf(name: SideName): CaptureSummary | undefined {
    const id = this.idOf(name);
    return this.#app.captures.find((one) => one.id === id);
  }
  /** What was chosen, be it there or not. The open capture is the first one by itself. */
  idOf(name: SideName): string | null {
    const own = this.chosen[name];
    return name === 'b' ? own : (own ?? this.#app.session?.view.id ?? null);
  }

  /** The captures of the table: both sides, then the others, each once. */
  readonly listed: readonly CaptureSummary[] = $derived.by(() => {
    const ids = new Set([this.idOf('a'), this.idOf('b'), ...this.chosen.others]);
    return [...ids]
      .map((id) => this.#app.captures.find((one) => one.id === id))
      .filter((one) => one !== undefined)
      .slice(0, MOST_COMPARED);
  });

  take(name: SideName, id: string | null): void {
    // The other one is no longer what happens to be open.
    this.choose({ a: this.idOf('a'), [name]: id });
  }
  swap(): void {
    this.choose({ a: this.idOf('b'), b: this.idOf('a') });
  }
  addOther(id: string): void {
    this.choose({ others: [...this.chosen.others.filter((one) => one !== id), id].slice(-18) });
  }
  removeOther(id: string): void {
    this.choose({ others: this.chosen.others.filter((one) => one !== id) });
  }
  showTab(tab: CompareTab): void {
    this.choose({ tab });
  }

  /** Compares a capture with the one that is open; where it is that one, with one that is still to be chosen. */
  compareWith(id: string): void {
    const open = this.#app.session?.view.id ?? null;
    const isOther = open !== null && open !== id;
    this.choose({ a: isOther ? open : id, b: isOther ? id : null });
    this.#app.show('compare');
  }

  readonly pairs: readonly TextPair[] = $derived.by(() => {
    const [a, b] = [this.a.view, this.b.view];
    if (!a || !b) return [];
    void a.count;
    void b.count;
    return textPairs(a.index, b.index);
  });

  /** Moves a playhead; the other one goes with it where they are linked. */
  moveTo(name: SideName, seq: number): void {
    const { view } = this[name];
    if (!view || view.count === 0) return;
    this.lead = name;
    this[name].seq = Math.max(0, Math.min(seq, view.count - 1));
    const { alignment } = this.events;
    if (alignment) this.row = rowOfSeq(alignment, name, this[name].seq);
    if (this.chosen.linked) this.#pull(name);
  }

  /** Goes to a row: by event both playheads stand in it, or before where a side has nothing there. */
  goToRow(row: number, name: SideName = this.lead): void {
    const { alignment } = this.events;
    if (!alignment || alignment.count === 0) return;
    const goal = Math.max(0, Math.min(row, alignment.count - 1));
    const { linked, link } = this.chosen;
    this.lead = name;
    if (linked && link === 'event')
      for (const side of SIDES) this[side].seq = seqUpToRow(alignment, side, goal);
    else {
      this[name].seq = seqUpToRow(alignment, name, goal);
      if (linked) this.#pull(name);
    }
    this.row = goal;
  }

  setLink(patch: Pick<Partial<Chosen>, 'linked' | 'link'>): void {
    this.choose(patch);
    if (this.chosen.linked) this.#pull(this.lead);
  }

  /** The first row of the next difference, or of the one before. */
  step(direction: 1 | -1): void {
    const row = blockBeside(this.events.blocks, this.row, direction);
    if (row !== null) this.goToRow(row);
  }

  #pull(name: SideName): void {
    const other = name === 'a' ? 'b' : 'a';
    const [from, to] = [this[name].view, this[other].view];
    if (!from || !to || to.count === 0) return;
    const { alignment } = this.events;
    const seq = this[name].seq;
    const { link } = this.chosen;
    const goal =
      link === 'text'
        ? seqByText(this.pairs, name, from.index, seq, to.index)
        : link === 'time'
          ? seqByTime(from.index, seq, to.index)
          : alignment && seqUpToRow(alignment, other, rowOfSeq(alignment, name, seq));
    if (goal !== null) this[other].seq = goal;
  }

  /** A new alignment: the person stays at the event, and sees the first difference of a new pair. */
  #keepUp(): void {
    const { alignment, different } = this.events;
    const pair = this.a.view;
    if (!alignment || alignment.count === 0) return;
    if (this.#shown === pair && this[this.lead].seq >= 0) {
      this.row = rowOfSeq(alignment, this.lead, this[this.lead].seq);
      return;
    }
    this.#shown = pair;
    for (const side of SIDES) this[side].seq = seqUpToRow(alignment, side, alignment.count - 1);
    if (different.length > 0) this.goToRow(different[0]!, 'a');
    else this.row = alignment.count - 1;
  }
}
