import type { CaptureView } from './capture-view.svelte.ts';
import { Pace } from './pace.ts';
import type { Playhead } from './playhead.svelte.ts';

/** How often panes that lay out whole texts follow a live stream. */
const LIVE_MS = 80;

/**
 * The playhead for panes whose work grows with the text: while a live stream is followed it moves at
 * a pace that leaves the page free; otherwise it is the playhead. Made in a component.
 */
export class PacedSeq {
  readonly #view: CaptureView;
  readonly #playhead: Playhead;
  #followed = $state(-1);

  constructor(view: CaptureView, playhead: Playhead) {
    this.#view = view;
    this.#playhead = playhead;
    const pace = new Pace(LIVE_MS, () => (this.#followed = view.count - 1));
    $effect(() => {
      if (!view.ended && view.count > 0) pace.request();
    });
    $effect(() => () => pace.stop());
  }

  get seq(): number {
    const { playing, following, seq } = this.#playhead;
    return this.#view.ended || playing || !following ? seq : Math.min(this.#followed, seq);
  }
}
