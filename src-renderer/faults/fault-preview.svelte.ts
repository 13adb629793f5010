import type { FaultList } from '../../src-core/faults/fault-list.ts';
import type { Pace } from '../../src-core/replay/pace.ts';
import type { FaultSubject } from '../../src-ipc/fault-contract.ts';
import type { FaultView } from './fault-view.ts';
import PreviewWorker from './preview-worker.ts?worker';
import type { PreviewReply, PreviewRequest } from './preview-worker.ts';

/** A preview may take so long, in ms, before it is ended. */
const LIMIT_MS = 15_000;

/** What a list does to a capture, worked out in a worker: the newest list only. */
export class FaultPreview {
  #view = $state.raw<FaultView | null>(null);
  #failure = $state('');
  #isBusy = $state(false);
  #worker: Worker | null = null;
  #capture: string | null = null;
  #number = 0;
  #next: { list: FaultList; pace: Pace; request: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #load: (id: string) => Promise<FaultSubject>;

  /** @param load gives a capture, or throws why it can't be tried on */
  constructor(load: (id: string) => Promise<FaultSubject>) {
    this.#load = load;
  }

  /** The last preview, be it of an earlier list; null before the first of a capture. */
  get view(): FaultView | null {
    return this.#view;
  }
  /** Why there is none; `''` while there is one, or will be. */
  get failure(): string {
    return this.#failure;
  }

  /** Asks for the preview of a list on a capture that is served at a pace; null for none. */
  show(capture: string | null, list: FaultList, pace: Pace, request: number): void {
    this.#next = { list, pace, request };
    if (capture === this.#capture) {
      if (!this.#isBusy) this.#send();
      return;
    }
    this.stop();
    this.#capture = capture;
    this.#next = { list, pace, request };
    if (capture !== null) void this.#open(capture);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#capture = null;
    this.#next = null;
    this.#isBusy = false;
    this.#view = null;
    this.#failure = '';
  }

  async #open(capture: string): Promise<void> {
    this.#isBusy = true;
    try {
      const subject = await this.#load(capture);
      if (this.#capture !== capture) return;
      this.#worker = new PreviewWorker();
      this.#worker.onmessage = ({ data }: MessageEvent<PreviewReply>) => this.#take(data);
      this.#worker.onerror = ({ message }) => this.#fail(`The preview failed: ${message}.`);
      this.#post({ subject });
      this.#send();
    } catch (error) {
      if (this.#capture === capture)
        this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #send(): void {
    const next = this.#next;
    if (!next || !this.#worker) return;
    this.#next = null;
    this.#isBusy = true;
    this.#post({ number: ++this.#number, ...next });
    clearTimeout(this.#timer);
    const tooLong = `The preview was ended after ${LIMIT_MS / 1000} seconds.`;
    this.#timer = setTimeout(() => this.#fail(tooLong), LIMIT_MS);
  }

  #post(request: PreviewRequest): void {
    this.#worker!.postMessage(request);
  }

  #take({ number, view }: PreviewReply): void {
    if (number !== this.#number) return;
    clearTimeout(this.#timer);
    this.#view = view;
    this.#failure = '';
    this.#isBusy = false;
    this.#send();
  }

  #fail(reason: string): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#isBusy = false;
    this.#view = null;
    this.#failure = reason;
    // The next change begins anew.
    this.#capture = null;
  }
}
