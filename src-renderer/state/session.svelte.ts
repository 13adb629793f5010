import { untrack } from 'svelte';
import type { BreakpointList } from './breakpoint-list.svelte.ts';
import { Breakpoints } from './breakpoints.svelte.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import { OutputState } from '../output/output-state.svelte.ts';
import { EventFilter } from './event-filter.svelte.ts';
import { api } from '../api.ts';
import { SchemaChecks } from './schema-checks.svelte.ts';
import { Playhead, type Speed } from './playhead.svelte.ts';
import { SearchTurns } from './search-turns.ts';
import { ListedProblems } from '../problems/listed-problems.svelte.ts';
import type { Silencing } from '../problems/silencing.svelte.ts';
import type { WatchList } from './watch-list.svelte.ts';
import { Watches } from './watches.svelte.ts';
import { Timeline } from '../timeline/timeline.svelte.ts';

/** A piece of a lane's text that was selected, and the first and last event that wrote it. */
export interface TextSelection {
  lane: number;
  from: number;
  to: number;
  firstSeq: number;
  lastSeq: number;
}

/** What of the window's state belongs to no capture and holds for each. */
interface SessionOwner {
  readonly breakpoints: BreakpointList;
  readonly watches: WatchList;
  readonly silencing: Pick<Silencing, 'of'>;
}

/** An open capture with what the person does in it. */
export class Session {
  readonly view: CaptureView;
  readonly playhead: Playhead;
  readonly breakpoints: Breakpoints;
  readonly watches: Watches;
  readonly filter: EventFilter;
  readonly timeline: Timeline;
  readonly schemas: SchemaChecks;
  /** What the Problems tab lists. */
  readonly listed: ListedProblems;
  /** An event that times and snapshots are compared with. */
  mark = $state<number | null>(null);
  /** Whether the snapshot is compared with that of the mark, where one is set. */
  comparesMark = $state(true);
  /** The event under the pointer, in whatever pane: all panes mark it. */
  hovered = $state<number | null>(null);
  /** Text that is selected in the Output: the rows of its events are marked. */
  selection = $state.raw<TextSelection | null>(null);
  readonly output = new OutputState();

  /** All that searches the capture shares one measure of the page's time. */
  readonly #turns = new SearchTurns();
  readonly #end: () => void;
  /** The event that is to be looked at once it is there. */
  #goal: number | null = null;

  /** @param isLive whether the events come in from now on: breakpoints hold the following of these. */
  constructor(
    view: CaptureView,
    speed: Speed,
    { breakpoints, watches, silencing }: SessionOwner,
    isLive: boolean,
  ) {
    this.view = view;
    this.breakpoints = new Breakpoints(view, breakpoints, this.#turns);
    this.watches = new Watches(view, watches, this.#turns);
    this.playhead = new Playhead(view, speed, this.breakpoints, isLive);
    this.filter = new EventFilter(view, this.#turns);
    this.timeline = new Timeline(view);
    this.schemas = new SchemaChecks(view, (input) => api.schemas.validate(input));
    this.listed = new ListedProblems(view);
    // Now, before the first problem; from then on whenever it changes.
    untrack(() => {
      view.problems.silence(silencing.of(view));
      view.problems.choose(view.chosenProfile);
    });
    // Not those of a pane: a stream is held whichever view shows.
    this.#end = $effect.root(() => {
      $effect(() => {
        void view.count;
        this.breakpoints.update();
        this.watches.update();
      });
      $effect(() => {
        const silenced = silencing.of(view);
        untrack(() => view.problems.silence(silenced));
      });
      $effect(() => {
        const { chosenProfile } = view;
        untrack(() => view.problems.choose(chosenProfile));
      });
      $effect(() => {
        void view.count;
        void view.ended;
        untrack(() => this.schemas.update());
      });
      $effect(() => {
        void view.count;
        void view.ended;
        untrack(() => this.#arrive());
      });
      $effect(() => {
        void view.count;
        void this.breakpoints.active;
        void this.breakpoints.searchedUpTo;
        void this.breakpoints.revision;
        untrack(() => this.playhead.advance());
      });
    });
  }

  /** Looks at an event, which may still be on its way into the page. */
  goTo(seq: number): void {
    this.#goal = seq;
    this.#arrive();
  }
  #arrive(): void {
    const { view } = this;
    if (this.#goal === null || (view.count <= this.#goal && !view.ended)) return;
    this.playhead.moveTo(this.#goal);
    this.#goal = null;
  }

  /** Goes on where the person was in an earlier session of the same capture. */
  resume(before: Session): void {
    this.mark = before.mark;
    this.filter.range = before.filter.range;
    this.filter.query = before.filter.query;
    if (!before.playhead.following) this.goTo(before.playhead.seq);
  }

  /** Ends all that goes on by itself. */
  close(): void {
    this.playhead.pause();
    this.#end();
    this.filter.stop();
    this.breakpoints.stop();
    this.watches.stop();
    this.#turns.stop();
    this.schemas.stop();
  }

  /** Sets the mark; at the event that has it, clears it. */
  toggleMark(seq: number): void {
    this.mark = this.mark === seq ? null : seq;
  }
}
