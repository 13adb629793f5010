import { flushSync } from 'svelte';
import { vi } from 'vitest';

/** A screen that draws when the test says so. */
export class Screen {
  now = 5000;
  #next = 1;
  readonly #waiting = new Map<number, FrameRequestCallback>();

  constructor() {
    vi.stubGlobal('performance', { now: () => this.now });
    vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
      this.#waiting.set(this.#next, callback);
      return this.#next++;
    });
    vi.stubGlobal('cancelAnimationFrame', (id: number) => this.#waiting.delete(id));
  }

  get isWanted(): boolean {
    return this.#waiting.size > 0;
  }

  /** Draws one frame so many milliseconds later. */
  frameAfter(ms: number): void {
    this.now += ms;
    const callbacks = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const callback of callbacks) callback(this.now);
    flushSync();
  }
}

/** As much of a capture as a playhead reads: how many events there are, and when they came. */
export class Recording {
  readonly timesMs: number[];
  count = $state(0);
  ended = $state(true);
  readonly index = { columns: { timeUs: new Float64Array(100) } };

  constructor(timesMs: number[]) {
    this.timesMs = [];
    this.append(timesMs);
  }
  append(timesMs: number[]): void {
    for (const ms of timesMs) {
      this.index.columns.timeUs[this.timesMs.length] = ms * 1000;
      this.timesMs.push(ms);
    }
    this.count = this.timesMs.length;
  }
  timeUs(seq: number): number {
    return this.index.columns.timeUs[seq] ?? 0;
  }
}
