import { untrack } from 'svelte';
import type { CaptureMeta, StreamStatus } from '../../src-core/capture.ts';
import { api } from '../api.ts';
import { CaptureView } from '../state/capture-view.svelte.ts';
import { Feed } from '../state/feed.ts';
import { type OtherSchema, SchemaChecks } from '../state/schema-checks.svelte.ts';

/** A capture as the live output reads it, checked by a schema: its own, or another one. */
export class ShownRun {
  /** Of the row in the table. */
  readonly key: string;
  readonly view: CaptureView;
  readonly schemas: SchemaChecks;
  readonly #end: () => void;

  /** @param other a schema that is meant instead of the one that was asked for */
  constructor(key: string, view: CaptureView, other: OtherSchema | null) {
    this.key = key;
    this.view = view;
    const validate: ConstructorParameters<typeof SchemaChecks>[1] = (input) =>
      api.schemas.validate(input);
    this.schemas = new SchemaChecks(other ? unfiltered(view) : view, validate, other);
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
   * @param otherOf gives the schema that is meant, null for that of the capture's own request
   */
  async show(
    key: string,
    capture: string,
    listed: StreamStatus,
    otherOf: () => Promise<OtherSchema | null>,
  ): Promise<void> {
    if (this.#wanted === key) return;
    this.#wanted = key;
    try {
      const other = await otherOf();
      if (this.#wanted !== key) return;
      const { subscription, meta } = await api.captures.open({ id: capture });
      if (this.#wanted !== key) {
        await api.captures.close({ subscription });
        return;
      }
      this.#take(new ShownRun(key, viewOf(capture, subscription, meta, listed), other));
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

/** Filters ask by the schema of the capture's own request: another one tells them nothing. */
function unfiltered(view: CaptureView): ConstructorParameters<typeof SchemaChecks>[0] {
  return {
    index: view.index,
    documents: view.documents,
    get ended() {
      return view.ended;
    },
    meta: view.meta,
    event: (seq) => view.event(seq),
    snapshotAt: (seq) => view.snapshotAt(seq),
    setJudged: () => undefined,
  };
}
