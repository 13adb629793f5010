import type { CaptureView } from './capture-view.svelte.ts';
import { EventFilter } from './event-filter.svelte.ts';
import { Playhead, type Speed } from './playhead.svelte.ts';
import { Timeline } from '../timeline/timeline.svelte.ts';

/** An open capture with what the person does in it. */
export class Session {
  readonly view: CaptureView;
  readonly playhead: Playhead;
  readonly filter: EventFilter;
  readonly timeline: Timeline;
  /** An event that times and snapshots are compared with. */
  mark = $state<number | null>(null);
  /** Whether the snapshot is compared with that of the mark, where one is set. */
  comparesMark = $state(true);
  /** The event under the pointer, in whatever pane: all panes mark it. */
  hovered = $state<number | null>(null);

  constructor(view: CaptureView, speed: Speed) {
    this.view = view;
    this.playhead = new Playhead(view, speed);
    this.filter = new EventFilter(view);
    this.timeline = new Timeline(view);
  }

  /** Sets the mark; at the event that has it, clears it. */
  toggleMark(seq: number): void {
    this.mark = this.mark === seq ? null : seq;
  }
}
