import type { CompareReply, CompareRequest } from './compare-worker.ts';
import type { Differences } from './differences.ts';

/** A comparison may take so long, in ms: schemas within the limits of strict mode take a tenth of a second. */
const LIMIT_MS = 10_000;

interface Waiting {
  resolve: (found: Differences) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** Compares texts in a worker, which is started with the first pair, and anew after it failed. */
export class CompareOffPage {
  readonly #makeWorker: () => Worker;
  #worker: Worker | null = null;
  #number = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(makeWorker: () => Worker) {
    this.#makeWorker = makeWorker;
  }

  /** Rejects with the reason, as a sentence, where the worker fails or takes too long. */
  readonly compare = (before: string, after: string): Promise<Differences> => {
    this.#worker ??= this.#start();
    const request: CompareRequest = { number: ++this.#number, before, after };
    this.#worker.postMessage(request);
    return new Promise((resolve, reject) => {
      const tooLong = `Comparing was ended after ${LIMIT_MS / 1000} seconds.`;
      const timer = setTimeout(() => this.#fail(tooLong), LIMIT_MS);
      this.#waiting.set(request.number, { resolve, reject, timer });
    });
  };

  /** Ends the worker; what waits is never answered. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #start(): Worker {
    const worker = this.#makeWorker();
    worker.onmessage = ({ data: { number, found } }: MessageEvent<CompareReply>) => {
      const waiting = this.#waiting.get(number);
      this.#waiting.delete(number);
      clearTimeout(waiting?.timer);
      waiting?.resolve(found);
    };
    worker.onerror = ({ message }) => this.#fail(`Comparing failed: ${message}.`);
    return worker;
  }

  #fail(reason: string): void {
    const waiting = [...this.#waiting.values()];
    this.stop();
    for (const { reject } of waiting) reject(new Error(reason));
  }
}
