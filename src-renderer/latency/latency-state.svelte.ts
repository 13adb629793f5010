import { untrack } from 'svelte';
import { DeltaLog } from '../../src-core/latency/delta-log.ts';
import { type TokenCount, tokensOfUsage } from '../../src-core/latency/rates.ts';
import {
  type LatencyReport,
  mainGaps,
  reportSteps,
  stallsOf,
} from '../../src-core/latency/report.ts';
import { type Usage, usageOf, usageOfCapture } from '../../src-core/latency/usage.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import { Pace } from '../state/pace.ts';
import { TokenEstimate } from './token-estimate.svelte.ts';

/** How long a slice of work may hold up the page, and how many events are read between two looks. */
const SLICE_MS = 6;
const EVENTS = 1024;
/** How often a live stream is measured; a long one less often, so that most of the time is free. */
const LIVE_MS = 250;
const REST_PER_MS = 10;
/** A capture of more responses than this is no session with a model. */
const MAX_ENDINGS = 200;

/**
 * The report of a capture while its panel shows: made when the panel is, and again as a live stream
 * goes on. The work is done in slices. Made in a component.
 */
export class LatencyState {
  readonly log: DeltaLog;
  readonly estimate: TokenEstimate;
  readonly #view: CaptureView;
  readonly #thresholdUs: () => number;
  readonly #pace = new Pace(LIVE_MS, () => this.#begin());
  #measured = $state.raw<LatencyReport | null>(null);
  #usage = $state.raw<Usage | null>(null);
  #endings = 0;
  #working: ReturnType<typeof setTimeout> | null = null;
  #isStale = false;
  #busyMs = 0;
  #restUntil = 0;

  constructor(view: CaptureView, thresholdUs: () => number, makeWorker: () => Worker) {
    this.#view = view;
    this.#thresholdUs = thresholdUs;
    this.log = new DeltaLog(view.index);
    this.estimate = new TokenEstimate(view.index, makeWorker);
    $effect(() => {
      void view.count;
      void view.ended;
      void view.meta;
      untrack(() => this.#pace.request());
    });
    $effect(() => () => {
      this.#pace.stop();
      if (this.#working !== null) clearTimeout(this.#working);
      this.estimate.stop();
    });
  }

  /** Null while the first one is being made. */
  readonly report: LatencyReport | null = $derived.by(() => {
    const thresholdUs = this.#thresholdUs();
    const measured = this.#measured;
    if (!measured || measured.stalls.thresholdUs === thresholdUs || !measured.timed)
      return measured;
    return { ...measured, stalls: stallsOf(mainGaps(this.log), thresholdUs) };
  });

  get usage(): Usage | null {
    return this.#usage;
  }

  /** The server's count, or the estimate where it gives none. */
  get tokens(): TokenCount | null {
    return this.#usage ? tokensOfUsage(this.#usage) : this.estimate.result;
  }

  #begin(): void {
    if (this.#working !== null) this.#isStale = true;
    else if (performance.now() < this.#restUntil && !this.#view.ended) this.#pace.request();
    else {
      this.#busyMs = 0;
      this.#slice(this.#steps());
    }
  }

  *#steps(): Generator<undefined, LatencyReport> {
    const { log } = this;
    while (!log.isCaughtUp) {
      log.extend(EVENTS);
      yield;
    }
    const { index, meta, byteCount } = this.#view;
    const thresholdUs = this.#thresholdUs();
    return yield* reportSteps({ index, log, meta, byteCount, thresholdUs });
  }

  #slice(steps: Generator<undefined, LatencyReport>): void {
    this.#working = null;
    const from = performance.now();
    for (;;) {
      const step = steps.next();
      const spent = performance.now() - from;
      if (step.done) {
        this.#restUntil = performance.now() + (this.#busyMs + spent) * REST_PER_MS;
        return this.#take(step.value);
      }
      if (spent < SLICE_MS) continue;
      this.#busyMs += spent;
      break;
    }
    this.#working = setTimeout(() => this.#slice(steps));
  }

  #take(report: LatencyReport): void {
    this.#readUsage();
    this.#measured = report;
    if (!this.#usage && this.#view.index.lanes.length > 0) this.estimate.update();
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#pace.request();
  }

  #readUsage(): void {
    const { index } = this.#view;
    if (index.dialect !== 'responses') {
      // Usage may stand in any event, also after the one that ends the answer.
      this.#usage = usageOfCapture(index, this.#view, MAX_ENDINGS);
      return;
    }
    const { endings } = this.log;
    if (endings.length === this.#endings || endings.length > MAX_ENDINGS) return;
    this.#endings = endings.length;
    this.#usage = usageOf(endings.map((seq) => this.#view.event(seq).value));
  }
}
