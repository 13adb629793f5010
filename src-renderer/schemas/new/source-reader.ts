import SourceWorker from './source-worker.ts?worker';
import type { JobReply, Jobs } from './source-worker.ts';

type Answer<Name extends keyof Jobs> = ReturnType<Jobs[Name]>;

/** Asks the worker that reads sources, one question after the other. */
export class SourceReader {
  readonly #worker = new SourceWorker();
  readonly #waiting = new Map<number, (reply: JobReply) => void>();
  #number = 0;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<JobReply>) => {
      this.#waiting.get(data.number)?.(data);
      this.#waiting.delete(data.number);
    };
    this.#worker.onerror = ({ message }) => {
      for (const [number, answer] of this.#waiting)
        answer({ number, failure: message || 'the worker could not be started' });
      this.#waiting.clear();
    };
  }

  /** @throws Error what a bug in reading throws */
  ask<Name extends keyof Jobs>(job: Name, input: Parameters<Jobs[Name]>[0]): Promise<Answer<Name>> {
    const number = ++this.#number;
    this.#worker.postMessage({ number, job, input });
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, ({ value, failure }) =>
        failure === undefined ? resolve(value as Answer<Name>) : reject(new Error(failure)),
      );
    });
  }

  dispose(): void {
    this.#worker.terminate();
    this.#waiting.clear();
  }
}

/** Asks about the newest of what comes in: while an answer is on its way, what is in between is left out. */
export class Newest<Input> {
  readonly #run: (input: Input) => Promise<void>;
  #next: { input: Input } | null = null;
  #isBusy = false;

  constructor(run: (input: Input) => Promise<void>) {
    this.#run = run;
  }

  async ask(input: Input): Promise<void> {
    this.#next = { input };
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let next = this.#take(); next; next = this.#take()) await this.#run(next.input);
    } finally {
      this.#isBusy = false;
    }
  }
  #take(): { input: Input } | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }
}
