import {
  panned,
  placed,
  revealing,
  spanOf,
  type TimeWindow,
  zoomed,
} from '../../src-core/timeline/time-window.ts';
import { Tracks } from '../../src-core/timeline/tracks.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';

/** Events are taken in so many at a time, for so long before the page gets its turn. */
const SLICE = 1000;
const SLICE_MS = 6;
/** An empty or instant capture shows this much. */
const LEAST_US = 1000;
/** How much one press of a key or button zooms or pans. */
const STEP = 2;
const PAN_SHARE = 0.25;

/**
 * What the timeline shows of a capture: its tracks as far as they were read, and the stretch of
 * time. Whole at first; once zoomed, a window that stays where it is, but for one at the end of a
 * growing capture, which stays at the end.
 */
export class Timeline {
  readonly #view: CaptureView;
  readonly tracks: Tracks;
  #count = $state(0);
  /** Null: all of it. */
  #zoom = $state.raw<(TimeWindow & { atEnd: boolean }) | null>(null);
  /** How far the tracks are scrolled, in pixels. */
  scrollTop = $state(0);
  showsTable = $state(false);

  constructor(view: CaptureView) {
    this.#view = view;
    this.tracks = new Tracks(view.index);
  }

  /** Events in the tracks. Everything drawn belongs to this many of them. */
  get count(): number {
    return this.#count;
  }
  get isZoomed(): boolean {
    return this.#zoom !== null;
  }

  readonly whole: TimeWindow = $derived.by(() => {
    const last = this.#count === 0 ? 0 : this.#view.timeUs(this.#count - 1);
    return { fromUs: 0, toUs: Math.max(LEAST_US, last) };
  });

  readonly window: TimeWindow = $derived.by(() => {
    const zoom = this.#zoom;
    if (!zoom) return this.whole;
    return placed(zoom.atEnd ? Infinity : zoom.fromUs, spanOf(zoom), this.whole);
  });

  /** Takes in events that have come, in part if they are many. Returns whether it has all. */
  extend(): boolean {
    const untilMs = performance.now() + SLICE_MS;
    let isComplete = false;
    while (!isComplete && performance.now() < untilMs) {
      isComplete = this.tracks.extend(SLICE);
    }
    this.#count = this.tracks.count;
    return isComplete;
  }

  fit(): void {
    this.#zoom = null;
  }

  show(window: TimeWindow): void {
    const { fromUs, toUs } = placed(window.fromUs, spanOf(window), this.whole);
    const isWhole = fromUs <= this.whole.fromUs && toUs >= this.whole.toUs;
    this.#zoom = isWhole ? null : { fromUs, toUs, atEnd: toUs >= this.whole.toUs };
  }

  zoom(factor: number, aroundUs: number): void {
    this.show(zoomed(this.window, factor, aroundUs, this.whole));
  }
  /** Zooms a step in or out around a time; around the middle where that is out of sight. */
  zoomStep(direction: 'in' | 'out', aroundUs: number): void {
    const { fromUs, toUs } = this.window;
    const isSeen = aroundUs >= fromUs && aroundUs <= toUs;
    this.zoom(direction === 'in' ? 1 / STEP : STEP, isSeen ? aroundUs : (fromUs + toUs) / 2);
  }

  pan(share: number): void {
    if (this.#zoom) this.show(panned(this.window, share, this.whole));
  }
  panStep(direction: -1 | 1): void {
    this.pan(direction * PAN_SHARE);
  }

  /** Brings a time into sight. */
  reveal(us: number): void {
    const window = revealing(this.window, us, this.whole);
    if (window !== this.window) this.show(window);
  }
}
