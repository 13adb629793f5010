import type {
  CompareAnswer,
  CompareQuestion,
  CompareQuestions,
  QuestionKind,
} from './compare-questions.ts';

/** An answer may take so long, in ms: 200,000 events a side that differ everywhere take a few seconds. */
const LIMIT_MS = 30_000;

interface Waiting {
  resolve: (answer: CompareAnswer['answer']) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** Asks a worker, which is started with the first question, and anew after it failed. */
export class CompareOffPage {
  readonly #makeWorker: () => Worker;
  #worker: Worker | null = null;
  #number = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(makeWorker: () => Worker) {
    this.#makeWorker = makeWorker;
  }

  /** Rejects with the reason, as a sentence, where the worker fails or takes too long. */
  ask<Kind extends QuestionKind>(
    kind: Kind,
    ask: CompareQuestions[Kind]['ask'],
  ): Promise<CompareQuestions[Kind]['answer']> {
    this.#worker ??= this.#start();
    const number = ++this.#number;
    this.#worker.postMessage({ number, kind, ask } as CompareQuestion);
    return new Promise((resolve, reject) => {
      const tooLong = `Comparing was ended after ${LIMIT_MS / 1000} seconds.`;
      const timer = setTimeout(() => this.#fail(tooLong), LIMIT_MS);
      this.#waiting.set(number, {
        resolve: resolve as (answer: CompareAnswer['answer']) => void,
        reject,
        timer,
      });
    });
  }

  /** Ends the worker; what waits is never answered. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #start(): Worker {
    const worker = this.#makeWorker();
    worker.onmessage = ({ data: { number, answer } }: MessageEvent<CompareAnswer>) => {
      const waiting = this.#waiting.get(number);
      this.#waiting.delete(number);
      clearTimeout(waiting?.timer);
      waiting?.resolve(answer);
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
