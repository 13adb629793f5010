import { outlineOf } from '../../../src-core/outline/outline.ts';
import { Outline } from '../../../src-core/outline/row.ts';
import OutlineWorker from './outline.worker.ts?worker';
import type { OutlineReply, OutlineRequest } from './outline.worker.ts';

/** Up to so many characters the outline is read at once: a few milliseconds. */
const NEAR = 30_000;
/** Beyond that once typing pauses for so long, in ms, and elsewhere. */
const PAUSE = 120;

/** Keeps the outline of the newest text that is JSON. */
export class OutlineReader {
  #outline = $state.raw<Outline | null>(null);
  #worker: Worker | null = null;
  #number = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = '';

  /** Of the newest text that was JSON; null before there was one. */
  get outline(): Outline | null {
    return this.#outline;
  }

  /** Another schema is shown from now on. */
  clear(): void {
    this.#stop();
    this.#outline = null;
  }

  read(text: string): void {
    if (text === this.#outline?.text) return this.#stop();
    this.#stop();
    if (text.length <= NEAR) this.#outline = outlineOf(text).outline ?? this.#outline;
    else this.#timer = setTimeout(() => this.#ask(text), this.#outline ? PAUSE : 0);
  }

  #ask(text: string): void {
    if (!this.#worker) {
      this.#worker = new OutlineWorker();
      this.#worker.onmessage = ({ data }: MessageEvent<OutlineReply>) => {
        if (data.number === this.#number && data.rows)
          this.#outline = new Outline(this.#asked, data.rows);
      };
    }
    this.#asked = text;
    const request: OutlineRequest = { number: ++this.#number, text };
    this.#worker.postMessage(request);
  }
  #stop(): void {
    clearTimeout(this.#timer);
    this.#number++;
  }
}
