import type { CaptureBatch } from '../../src-ipc/contract.ts';
import { api, listen } from '../api.ts';
import type { CaptureView } from './capture-view.svelte.ts';

/** Subscriptions that some feed of the page has taken: for others their batches are of no interest. */
const taken = new Set<number>();

/**
 * Hands a feed's batches to the open capture, all that came since the last frame at once. Batches
 * are acknowledged when they are in, so main is never more than its limit ahead.
 */
export class Feed {
  #view: CaptureView | null = null;
  #waiting: CaptureBatch[] = [];
  #scheduled = false;
  readonly #onError: (error: unknown) => void;
  readonly #onGap: (view: CaptureView) => void;

  /** @param onGap called with a capture whose batches do not follow each other. */
  constructor(onError: (error: unknown) => void, onGap: (view: CaptureView) => void) {
    this.#onError = onError;
    this.#onGap = onGap;
    listen('captures.batch', (batch) => {
      this.#waiting.push(batch);
      this.#schedule();
    });
  }

  /** Takes over: what arrives from now on for another subscription is dropped. */
  attach(view: CaptureView | null): void {
    const before = this.#view;
    this.#view = view;
    if (view) taken.add(view.subscription);
    if (before && before !== view && !before.ended)
      api.captures.close({ subscription: before.subscription }).catch(this.#onError);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const flush = () => {
      this.#scheduled = false;
      this.#flush();
    };
    // A hidden window draws no frames, and a capture goes on all the same.
    if (document.hidden) setTimeout(flush, 16);
    else requestAnimationFrame(flush);
  }

  #flush(): void {
    const view = this.#view;
    // Batches may be here before the reply that names their subscription: they are kept for it.
    const mine = view ? this.#waiting.filter((one) => one.subscription === view.subscription) : [];
    this.#waiting = this.#waiting.filter(
      (one) => !taken.has(one.subscription) && one.subscription > (view?.subscription ?? -1),
    );
    if (!view || mine.length === 0) return;
    try {
      view.append(mine);
    } catch (error) {
      this.#onError(error);
      this.#onGap(view);
      return;
    }
    const newest = mine[mine.length - 1]!;
    api.captures
      .ack({ subscription: view.subscription, number: newest.number })
      .catch(this.#onError);
  }
}
