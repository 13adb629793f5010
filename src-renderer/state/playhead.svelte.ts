import { countUpTo } from '../../src-core/index/columns.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import { NOTHING_STOPS, type Stop, type Stops } from './stops.ts';

export const SPEEDS = ['0.25', '0.5', '1', '2', '5', '10', '25', '50', '100', 'instant'] as const;
export type Speed = (typeof SPEEDS)[number];

/** A stop that holds the playhead, and what it held. */
export interface Held extends Stop {
  held: 'replay' | 'following';
}

/** A replay under way: from when and where it counts, and how far it goes. */
interface Run {
  startUs: number;
  startedMs: number;
  /** The last event that was passed: only later ones can stop the replay. */
  passed: number;
  until: number;
}

/**
 * The event that all panes look at. While following it is the newest one. Playing moves it at the
 * recorded pace times the speed. Playing, and following a live stream, end where something stops
 * them, and never pass events of which it is not known yet whether they do. Moving by hand does.
 */
export class Playhead {
  readonly #view: CaptureView;
  readonly #stops: Stops;
  /** Only what comes in live is held: a finished capture is followed to its end at once. */
  readonly #isLive: boolean;
  #at = $state(0);
  #following = $state(true);
  #playing = $state(false);
  #speed = $state<Speed>('1');
  #held = $state.raw<Held | null>(null);
  #waiting = $state(false);
  /** The last event that was followed; it lags behind the newest one while stops are searched for. */
  #followed = $state(-1);
  #run: Run = { startUs: 0, startedMs: 0, passed: 0, until: Infinity };
  #frame = 0;

  constructor(view: CaptureView, speed: Speed, stops: Stops = NOTHING_STOPS, isLive = false) {
    this.#view = view;
    this.#stops = stops;
    this.#isLive = isLive;
    this.#speed = speed;
  }

  readonly seq: number = $derived.by(() => {
    const last = this.#view.count - 1;
    if (!this.#following || this.#playing) return Math.min(this.#at, last);
    return this.#isLive && this.#stops.active ? Math.min(this.#followed, last) : last;
  });

  get following(): boolean {
    return this.#following;
  }
  get playing(): boolean {
    return this.#playing;
  }
  /** What stopped the playhead here, until it moves on. */
  get stopped(): Held | null {
    return this.#held;
  }
  /** Whether it would be further on if it were known that nothing stops it there. */
  get waiting(): boolean {
    return this.#waiting;
  }
  get speed(): Speed {
    return this.#speed;
  }
  set speed(speed: Speed) {
    this.#speed = speed;
    if (this.#playing) {
      const { until, passed } = this.#run;
      this.pause();
      this.#play(this.seq, passed, until);
    }
  }

  /** Looks at an event. At the last one of a live stream it follows again. */
  moveTo(seq: number): void {
    this.pause();
    const last = this.#view.count - 1;
    this.#at = Math.max(0, Math.min(seq, last));
    this.#followFrom(this.#at, seq >= last);
  }

  step(by: number): void {
    this.moveTo(this.seq + by);
  }

  follow(): void {
    this.pause();
    this.#followFrom(this.#view.count - 1, true);
  }

  /** Plays, pauses, or goes on after a stop. */
  toggle(): void {
    if (this.#playing) this.pause();
    else if (this.#held) this.resume();
    else this.play();
  }

  /** Plays from here to the end; from the start where this is the end. */
  play(): void {
    const last = this.#view.count - 1;
    if (last < 0 || this.#playing) return;
    // What starts over has not passed even the first event.
    if (this.seq >= last) this.#play(0, -1, Infinity);
    else this.#play(this.seq, this.seq, Infinity);
  }

  /** Plays up to an event: from here, or from the start if this is not before it. */
  playTo(seq: number): void {
    this.pause();
    if (seq <= 0 || this.#view.count === 0) this.moveTo(0);
    else if (this.seq < seq) this.#play(this.seq, this.seq, seq);
    else this.#play(0, -1, seq);
  }

  /** Goes on after a stop, with what it held: the same event does not stop it again. */
  resume(): void {
    const held = this.#held;
    if (!held) return;
    if (held.held === 'following') {
      this.#followFrom(this.#at, true);
      this.advance();
    } else if (this.#at >= this.#view.count - 1 && this.#view.ended) this.follow();
    else this.#play(this.#at, this.#at, this.#run.until);
  }

  pause(): void {
    if (!this.#playing) return;
    cancelAnimationFrame(this.#frame);
    this.#playing = false;
    this.#followFrom(this.#at, this.#at >= this.#view.count - 1);
  }

  /** Follows what has come in, up to a stop. To be called when events came, or were searched. */
  advance(): void {
    if (this.#playing) return;
    // Also where nothing is followed: what turns up meanwhile stops nobody later.
    const late = this.#stops.lateStop(this.#followed);
    if (!this.#following) return;
    const last = this.#view.count - 1;
    if (!this.#isLive || !this.#stops.active) {
      this.#followed = last;
      this.#waiting = false;
      return;
    }
    const reach = Math.min(last, this.#stops.searchedUpTo - 1);
    const stop = late ?? this.#stops.nextStop(this.#followed, reach);
    if (stop) {
      this.#stopAt(stop, 'following');
      return;
    }
    this.#followed = Math.max(this.#followed, reach);
    this.#waiting = this.#followed < last;
  }

  #followFrom(seq: number, following: boolean): void {
    this.#held = null;
    this.#waiting = false;
    this.#following = following;
    this.#followed = seq;
  }

  #play(from: number, passed: number, until: number): void {
    this.#followFrom(from, false);
    this.#at = from;
    this.#playing = true;
    this.#startClock(performance.now());
    this.#run.passed = passed;
    this.#run.until = until;
    if (this.#speed === 'instant') this.#tick(this.#run.startedMs);
    else this.#frame = requestAnimationFrame((nowMs) => this.#tick(nowMs));
  }

  /** From now on time runs from the event that shows. */
  #startClock(nowMs: number): void {
    this.#run.startUs = this.#view.timeUs(this.#at);
    this.#run.startedMs = nowMs;
  }

  #tick(nowMs: number): void {
    if (!this.#playing) return;
    const due = Math.min(this.#lastDue(nowMs), this.#run.until);
    const known = this.#stops.active ? this.#stops.searchedUpTo - 1 : Infinity;
    const goal = Math.max(this.#at, Math.min(due, known));
    const { passed } = this.#run;
    const stop =
      this.#stops.lateStop(passed) ?? this.#stops.nextStop(passed, Math.min(goal, known));
    if (stop) {
      this.#stopAt(stop, 'replay');
      return;
    }
    this.#at = goal;
    this.#run.passed = Math.max(this.#run.passed, Math.min(goal, known));
    this.#waiting = due > known;
    if (this.#waiting) this.#startClock(nowMs);
    if (!this.#waiting && this.#isOver()) this.moveTo(this.#at);
    else this.#frame = requestAnimationFrame((next) => this.#tick(next));
  }

  #isOver(): boolean {
    if (this.#at >= this.#run.until) return true;
    if (this.#at < this.#view.count - 1) return false;
    return this.#view.ended || this.#speed === 'instant';
  }

  /** The last event whose time has come. */
  #lastDue(nowMs: number): number {
    const { count, index } = this.#view;
    if (this.#speed === 'instant') return count - 1;
    const { startUs, startedMs } = this.#run;
    const timeUs = startUs + Math.max(0, nowMs - startedMs) * 1000 * Number(this.#speed);
    return countUpTo(index.columns.timeUs, count, timeUs) - 1;
  }

  #stopAt(stop: Stop, held: Held['held']): void {
    this.pause();
    this.#at = stop.seq;
    this.#followFrom(stop.seq, false);
    this.#held = { ...stop, held };
    this.#stops.count(stop);
  }
}
