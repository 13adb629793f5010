import { untrack } from 'svelte';
import type { CaptureMeta, StreamStatus } from '../../src-core/capture.ts';
import { api } from '../api.ts';
import { CaptureView } from '../state/capture-view.svelte.ts';
import { Feed } from '../state/feed.ts';
import { SchemaChecks } from '../state/schema-checks.svelte.ts';

/** A capture as the live output reads it, checked by a schema: its own, or another one. */
export class ShownRun {
  /** Of the row in the table. */
  readonly key: string;
  readonly view: CaptureView;
  readonly schemas: SchemaChecks;
  readonly #end: () => void;

  /** @param body a request's body whose schema is meant instead of the one of the capture's request */
  constructor(key: string, view: CaptureView, body: string | null) {
    this.key = key;
    this.view = view;
    this.schemas = new SchemaChecks(body === null ? view : checkedBy(view, body), (input) =>
      api.schemas.validate(input),
    );
    this.#end = $effect.root(() => {
      $effect(() => {
        void view.count;
        void view.ended;
        untrack(() => this.schemas.update());
      });
    });
  }

  close(): void {
    this.#end();
    this.schemas.stop();
  }
}

/** The capture of the row that the live output shows. It has its own feed: Captures stays as it is. */
export class RunOutput {
  readonly #onError: (error: unknown) => void;
  readonly #feed: Feed;
  #shown = $state.raw<ShownRun | null>(null);
  /** The row that was asked for last. */
  #wanted = '';

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#feed = new Feed(onError, () => this.clear());
  }

  get shown(): ShownRun | null {
    return this.#shown;
  }

  /**
   * Shows a capture, from its first event on.
   * @param bodyOf gives the body whose schema is meant, null for that of the capture's own request
   */
  async show(
    key: string,
    capture: string,
    listed: StreamStatus,
    bodyOf: () => Promise<string | null>,
  ): Promise<void> {
    if (this.#wanted === key) return;
    this.#wanted = key;
    try {
      const body = await bodyOf();
      if (this.#wanted !== key) return;
      const { subscription, meta } = await api.captures.open({ id: capture });
      if (this.#wanted !== key) {
        await api.captures.close({ subscription });
        return;
      }
      this.#take(new ShownRun(key, viewOf(capture, subscription, meta, listed), body));
    } catch (error) {
      if (this.#wanted !== key) return;
      this.clear();
      this.#onError(error);
    }
  }

  clear(): void {
    this.#wanted = '';
    this.#take(null);
  }

  #take(next: ShownRun | null): void {
    this.#shown?.close();
    this.#shown = next;
    this.#feed.attach(next?.view ?? null);
  }
}

function viewOf(
  id: string,
  subscription: number,
  meta: CaptureMeta,
  listed: StreamStatus,
): CaptureView {
  return new CaptureView(id, subscription, meta, listed);
}

/** The capture as if it had been asked for with another body. */
function checkedBy(view: CaptureView, body: string): ConstructorParameters<typeof SchemaChecks>[0] {
  const request = { method: 'POST', url: '', headers: [], body };
  return {
    index: view.index,
    documents: view.documents,
    get ended() {
      return view.ended;
    },
    meta: { request },
    event: (seq) => view.event(seq),
    snapshotAt: (seq) => view.snapshotAt(seq),
    // Filters ask by the schema of the capture's own request.
    setJudged: () => undefined,
  };
}
