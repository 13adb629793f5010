import type { LintOptions } from '../../src-core/strict-schema/finding.ts';
import type { LintReport } from '../../src-core/strict-schema/lint.ts';
import LintWorker from './lint-worker.ts?worker';
import type { LintReply, LintRequest } from './lint-worker.ts';

/** A report, and what it is a report of. */
export interface Linted {
  text: string;
  options: LintOptions;
  report: LintReport;
}

/** Typing is looked at when it pauses for so many milliseconds. */
const PAUSE = 120;

/** Keeps a schema linted while it is written: the newest text only, off the interface's thread. */
export class Linter {
  #linted = $state.raw<Linted | null>(null);
  #worker: Worker | null = null;
  #number = 0;
  #sent: { text: string; options: LintOptions } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The last report, be it of an earlier text; null before the first and without a schema. */
  get linted(): Linted | null {
    return this.#linted;
  }

  /** Asks for a report, at once where there is none yet. */
  lint(text: string, options: LintOptions): void {
    clearTimeout(this.#timer);
    const send = () => {
      this.#sent = { text, options };
      const request: LintRequest = { number: ++this.#number, text, options };
      this.#worker ??= this.#start();
      this.#worker.postMessage(request);
    };
    if (this.#sent) this.#timer = setTimeout(send, PAUSE);
    else send();
  }
  /** There is no schema any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#number++;
    this.#sent = null;
    this.#linted = null;
  }
  dispose(): void {
    this.clear();
    this.#worker?.terminate();
    this.#worker = null;
  }

  #start(): Worker {
    const worker = new LintWorker();
    worker.onmessage = ({ data }: MessageEvent<LintReply>) => {
      if (this.#sent && data.number === this.#number)
        this.#linted = { ...this.#sent, report: data.report };
    };
    return worker;
  }
}
