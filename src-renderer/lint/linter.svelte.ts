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

const startWorker = (): Worker => new LintWorker();

/** Keeps a schema linted while it is written: the newest text only, off the interface's thread. */
export class Linter {
  #linted = $state.raw<Linted | null>(null);
  #failure = $state('');
  #worker: Worker | null = null;
  #number = 0;
  #sent: { text: string; options: LintOptions } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #makeWorker: () => Worker;

  constructor(makeWorker = startWorker) {
    this.#makeWorker = makeWorker;
  }

  /** The last report, be it of an earlier text; null before the first and without a schema. */
  get linted(): Linted | null {
    return this.#linted;
  }

  /** Why there is no report of the newest text; `''` while there is one, or will be. */
  get failure(): string {
    return this.#failure;
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
    this.#failure = '';
  }
  dispose(): void {
    this.clear();
    this.#worker?.terminate();
    this.#worker = null;
  }

  #start(): Worker {
    const worker = this.#makeWorker();
    worker.onmessage = ({ data }: MessageEvent<LintReply>) => {
      if (!this.#sent || data.number !== this.#number) return;
      this.#linted = { ...this.#sent, report: data.report };
      this.#failure = '';
    };
    // The next text has a worker of its own.
    worker.onerror = ({ message }) => {
      worker.terminate();
      this.#worker = null;
      this.#failure = message || 'the worker could not be started';
    };
    return worker;
  }
}
