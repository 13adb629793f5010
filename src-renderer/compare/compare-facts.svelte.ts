import type { CaptureSummary } from '../../src-core/capture.ts';
import { type CaptureFacts, factsSteps } from '../../src-core/compare/facts.ts';
import { api } from '../api.ts';
import { CaptureView } from '../state/capture-view.svelte.ts';
import { Feed } from '../state/feed.ts';
import { comparedView } from './compared-view.ts';
import { inSlices } from './slices.ts';

/** Facts, and the summary that they were read for: another one may tell of more. */
interface Known {
  facts: CaptureFacts | null;
  summary: CaptureSummary;
}

/**
 * The facts of captures for the table: each is read once, one after the other, with a feed that is let go
 * of after it. Of one that still streams they are those of the moment, and are read again when its entry in the
 * list of captures changes.
 */
export class CompareFacts {
  readonly #onError: (error: unknown) => void;
  readonly #feed: Feed;
  #known = $state.raw<ReadonlyMap<string, Known>>(new Map());
  #wanted: readonly CaptureSummary[] = [];
  #isReading = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#feed = new Feed(onError, () => {});
  }

  /** Null while they are not read, or where they can't be. */
  of(id: string): CaptureFacts | null {
    return this.#known.get(id)?.facts ?? null;
  }

  /** Reads those that are not known. */
  want(captures: readonly CaptureSummary[]): void {
    this.#wanted = captures;
    if (!this.#isReading) void this.#readAll();
  }

  /** Lets go of all. */
  forget(): void {
    this.#wanted = [];
    this.#known = new Map();
  }

  #next(): CaptureSummary | undefined {
    return this.#wanted.find((one) => {
      const known = this.#known.get(one.id);
      return known === undefined || (known.summary !== one && isOther(known.summary, one));
    });
  }

  async #readAll(): Promise<void> {
    this.#isReading = true;
    for (let summary = this.#next(); summary; summary = this.#next()) {
      const facts = await this.#read(summary);
      this.#known = new Map(this.#known).set(summary.id, { facts, summary });
    }
    this.#isReading = false;
  }

  async #read(summary: CaptureSummary): Promise<CaptureFacts | null> {
    try {
      const { subscription, meta } = await api.captures.open({ id: summary.id });
      const view = new CaptureView(summary.id, subscription, meta, summary.status);
      this.#feed.attach(view);
      await isRead(view, summary.events);
      return await inSlices(factsSteps(comparedView(view, summary)), () => true);
    } catch (error) {
      this.#onError(error);
      return null;
    } finally {
      this.#feed.attach(null);
    }
  }
}

function isOther(known: CaptureSummary, now: CaptureSummary): boolean {
  return (
    known.events !== now.events ||
    known.status !== now.status ||
    known.name !== now.name ||
    known.profile !== now.profile ||
    known.checks?.length !== now.checks?.length ||
    known.run?.facts !== now.run?.facts
  );
}

/** Waits until all of a capture is here, or of one that streams what was there. */
function isRead(view: CaptureView, events: number): Promise<void> {
  return new Promise((resolve) => {
    const end = $effect.root(() => {
      $effect(() => {
        if (!view.ended && (view.meta.end || view.count < events)) return;
        resolve();
        queueMicrotask(() => end());
      });
    });
  });
}
