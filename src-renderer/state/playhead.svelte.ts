import { countUpTo } from '../../src-core/index/columns.ts';
import type { CaptureView } from './capture-view.svelte.ts';

export const SPEEDS = ['0.25', '0.5', '1', '2', '5', '10', '25', '50', '100', 'instant'] as const;
export type Speed = (typeof SPEEDS)[number];

/**
 * The event that all panes look at. While following it is the newest one. Playing moves it at the
 * recorded pace times the speed.
 */
export class Playhead {
  readonly #view: CaptureView;
  #at = $state(0);
  #following = $state(true);
  #playing = $state(false);
  #speed = $state<Speed>('1');
  #frame = 0;

  constructor(view: CaptureView, speed: Speed) {
    this.#view = view;
    this.#speed = speed;
  }

  readonly seq: number = $derived.by(() => {
    const last = this.#view.count - 1;
    return this.#following && !this.#playing ? last : Math.min(this.#at, last);
  });

  get following(): boolean {
    return this.#following;
  }
  get playing(): boolean {
    return this.#playing;
  }
  get speed(): Speed {
    return this.#speed;
  }
  set speed(speed: Speed) {
    this.#speed = speed;
    if (this.#playing) {
      this.pause();
      this.play();
    }
  }

  /** Looks at an event. At the last one of a live stream it follows again. */
  moveTo(seq: number): void {
    this.pause();
    const last = this.#view.count - 1;
    this.#at = Math.max(0, Math.min(seq, last));
    this.#following = seq >= last;
  }

  step(by: number): void {
    this.moveTo(this.seq + by);
  }

  follow(): void {
    this.pause();
    this.#following = true;
  }

  toggle(): void {
    if (this.#playing) this.pause();
    else this.play();
  }

  play(): void {
    const last = this.#view.count - 1;
    if (last < 0 || this.#playing) return;
    const from = this.seq >= last ? 0 : this.seq;
    if (this.#speed === 'instant') {
      this.moveTo(last);
      return;
    }
    const factor = Number(this.#speed);
    const startUs = this.#view.timeUs(from);
    const startedMs = performance.now();
    this.#at = from;
    this.#following = false;
    this.#playing = true;
    const tick = (nowMs: number) => {
      if (!this.#playing) return;
      const timeUs = startUs + Math.max(0, nowMs - startedMs) * 1000 * factor;
      const seq = this.#lastUpTo(timeUs);
      this.#at = Math.max(this.#at, seq);
      if (this.#at >= this.#view.count - 1 && this.#view.ended) this.moveTo(this.#at);
      else this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  pause(): void {
    if (!this.#playing) return;
    cancelAnimationFrame(this.#frame);
    this.#playing = false;
    this.#following = this.#at >= this.#view.count - 1;
  }

  /** The last event that had arrived at a time. */
  #lastUpTo(timeUs: number): number {
    return countUpTo(this.#view.index.columns.timeUs, this.#view.count, timeUs) - 1;
  }
}
