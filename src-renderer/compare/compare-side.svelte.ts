import type { StreamStatus } from '../../src-core/capture.ts';
import { api } from '../api.ts';
import { CaptureView } from '../state/capture-view.svelte.ts';
import { Feed } from '../state/feed.ts';

/** One side of the comparison: a capture with a feed of its own, and its playhead. */
export class CompareSide {
  readonly #onError: (error: unknown) => void;
  readonly #feed: Feed;
  #view = $state.raw<CaptureView | null>(null);
  #wanted: string | null = null;
  /** The event that is looked at; -1 while there is none. */
  seq = $state(-1);

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#feed = new Feed(onError, () => this.#take(null));
  }

  /** Null while it is not chosen, or on its way. */
  get view(): CaptureView | null {
    return this.#view;
  }

  /** Reads a capture from its first byte; null lets go of the one that is open. */
  async open(id: string | null, listed: StreamStatus): Promise<void> {
    if (this.#wanted === id) return;
    this.#wanted = id;
    this.#take(null);
    if (id === null) return;
    try {
      const { subscription, meta } = await api.captures.open({ id });
      if (this.#wanted !== id) {
        await api.captures.close({ subscription });
        return;
      }
      this.#take(new CaptureView(id, subscription, meta, listed));
    } catch (error) {
      if (this.#wanted !== id) return;
      this.#wanted = null;
      this.#onError(error);
    }
  }

  #take(view: CaptureView | null): void {
    this.#view = view;
    this.seq = -1;
    this.#feed.attach(view);
  }
}
