import type { CompareReply, CompareRequest } from './compare-worker.ts';
import CompareWorker from './compare-worker.ts?worker';
import type { Differences } from './differences.ts';

/** Compares texts in a worker, which is started with the first pair. */
export class CompareOffPage {
  #worker: Worker | null = null;
  #number = 0;
  readonly #waiting = new Map<number, (found: Differences) => void>();

  readonly compare = (before: string, after: string): Promise<Differences> => {
    this.#worker ??= this.#start();
    const request: CompareRequest = { number: ++this.#number, before, after };
    this.#worker.postMessage(request);
    return new Promise((resolve) => this.#waiting.set(request.number, resolve));
  };

  /** Ends the worker; what waits is never answered. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#waiting.clear();
  }

  #start(): Worker {
    const worker = new CompareWorker();
    worker.onmessage = ({ data: { number, found } }: MessageEvent<CompareReply>) => {
      this.#waiting.get(number)?.(found);
      this.#waiting.delete(number);
    };
    return worker;
  }
}
