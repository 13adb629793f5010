import type { RunBatch } from '../../src-ipc/run-contract.ts';
import { messageOf } from '../refusal.ts';

export interface BatchOptions {
  id: string;
  schema: string;
  count: number;
  /** How many are on their way at once. */
  concurrency: number;
  /** Sends the request of that number, from 0. */
  send(at: number): SentRequest;
  stop(id: string): void;
  /** One has ended. @returns why nothing more should be sent, null where all is well */
  ended(id: string): Promise<string | null>;
  changed(state: RunBatch): void;
}

/** A request on its way, and what resolves when its event stream has begun (or never), and ended. */
export interface SentRequest {
  id: string;
  begun: Promise<void>;
  done: Promise<void>;
}

/**
 * Requests that are sent a few at a time, until all were, one fails or a person stops them. The first
 * goes alone until its stream begins: what is refused once is not sent a few times.
 */
export class Batch {
  readonly #options: BatchOptions;
  readonly #onTheirWay = new Set<string>();
  #sent = 0;
  #ended = 0;
  #latest: string | null = null;
  #message: string | null = null;

  constructor(options: BatchOptions) {
    this.#options = options;
  }

  get state(): RunBatch {
    const { id, schema, count } = this.#options;
    return {
      id,
      schema,
      count,
      sent: this.#sent,
      ended: this.#ended,
      latest: this.#latest,
      running: this.#onTheirWay.size > 0 || (this.#message === null && this.#sent < count),
      message: this.#message,
    };
  }

  /** @throws what sending the first throws */
  start(): void {
    void this.#sendNext().begun.then(() => {
      this.#fill();
      this.#options.changed(this.state);
    });
    this.#options.changed(this.state);
  }

  stop(message: string): void {
    if (this.#message === null && this.#sent < this.#options.count) this.#halt(message);
    for (const id of [...this.#onTheirWay]) this.#options.stop(id);
    this.#options.changed(this.state);
  }

  #fill(): void {
    const { count, concurrency } = this.#options;
    while (this.#message === null && this.#sent < count && this.#onTheirWay.size < concurrency) {
      try {
        this.#sendNext();
      } catch (error) {
        this.#halt(messageOf(error));
      }
    }
  }

  #sendNext(): SentRequest {
    const request = this.#options.send(this.#sent);
    const { id, done } = request;
    this.#sent++;
    this.#latest = id;
    this.#onTheirWay.add(id);
    void done
      .then(() => this.#options.ended(id))
      .then((problem) => {
        if (problem !== null && this.#message === null) this.#halt(problem);
      })
      .catch((error: unknown) => this.#halt(messageOf(error)))
      .finally(() => {
        this.#onTheirWay.delete(id);
        this.#ended++;
        this.#fill();
        this.#options.changed(this.state);
      });
    return request;
  }

  #halt(why: string): void {
    const left = this.#options.count - this.#sent;
    const rest = `${left} of ${this.#options.count} requests were not sent`;
    this.#message = left > 0 ? `${rest}: ${why}` : why;
  }
}
