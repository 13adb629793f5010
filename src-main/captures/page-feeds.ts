import type { CaptureMeta } from '../../src-core/capture.ts';
import { Feed, type FeedListener } from './feed.ts';
import type { CaptureStore } from './store.ts';

/** The feeds of one page. They end with it: a reload starts new ones from the first byte. */
export class PageFeeds {
  readonly #store: CaptureStore;
  readonly #listener: FeedListener;
  readonly #feeds = new Map<number, Feed>();
  #next = 1;

  constructor(store: CaptureStore, listener: FeedListener) {
    this.#store = store;
    this.#listener = listener;
  }

  /** How many have not ended. */
  get running(): number {
    return this.#feeds.size;
  }

  /**
   * The first batch follows in a later turn, after the reply that names the subscription.
   * @throws Refusal `no-such-capture`, `newer-version`
   */
  open(id: string): { subscription: number; meta: CaptureMeta } {
    const source = {
      paths: this.#store.paths(id),
      meta: this.#store.meta(id),
      recording: this.#store.recording(id),
    };
    const feed = new Feed(this.#next++, source, this.#listener);
    this.#feeds.set(feed.subscription, feed);
    setImmediate(() => {
      if (!this.#feeds.has(feed.subscription)) return;
      // A feed that has told its end is let go: its index is as large as the capture.
      void feed.start().finally(() => this.#feeds.delete(feed.subscription));
    });
    return { subscription: feed.subscription, meta: source.meta };
  }

  /** Late acknowledgements of a feed that was closed are of no interest. */
  acknowledge(subscription: number, number: number): void {
    this.#feeds.get(subscription)?.acknowledge(number);
  }

  async close(subscription: number): Promise<void> {
    const feed = this.#feeds.get(subscription);
    this.#feeds.delete(subscription);
    await feed?.close();
  }

  /** Lets go of a capture's files, so that its folder can be moved. */
  async closeCapture(id: string): Promise<void> {
    const feeds = [...this.#feeds.values()].filter((feed) => feed.captureId === id);
    await Promise.all(feeds.map((feed) => this.close(feed.subscription)));
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#feeds.keys()].map((subscription) => this.close(subscription)));
  }
}
