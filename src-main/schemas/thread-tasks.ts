import type { Worker } from 'node:worker_threads';
import { Refusal, systemCode } from '../refusal.ts';
import {
  TASK_LIMITS,
  type TaskAnswer,
  type TaskLimit,
  type TaskRunner,
  valueOf,
} from './task-runner.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

interface Job {
  name: string;
  input: unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Runs tasks in a thread of their own, one at a time in the order they were asked for. The thread is
 * started with the first; one that takes too long, or more memory than the thread has, ends with its
 * thread, and the next starts another.
 */
export class ThreadTasks implements TaskRunner {
  readonly #start: () => Worker;
  readonly #limits: Readonly<Record<string, TaskLimit>>;
  readonly #waiting: Job[] = [];
  #worker: Worker | null = null;
  #isReady = false;
  #running: Job | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  /** @param start makes the thread, which says `ready` and then answers calls */
  constructor(start: () => Worker, limits: Readonly<Record<string, TaskLimit>> = TASK_LIMITS) {
    this.#start = start;
    this.#limits = limits;
  }

  run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        name,
        input,
        resolve: (value) => resolve(value as TaskOutput<Name>),
        reject,
      });
      this.#goOn();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const worker = this.#worker;
    this.#fail(stopped());
    await worker?.terminate();
  }

  #goOn(): void {
    if (this.#isStopped) {
      for (const job of this.#waiting.splice(0)) job.reject(stopped());
      return;
    }
    if (this.#running || this.#waiting.length === 0) return;
    this.#worker ??= this.#listenTo(this.#start());
    if (!this.#isReady) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#running = job;
    try {
      this.#worker.postMessage({ name: job.name, input: job.input });
    } catch (error) {
      // What can't be cloned is a bug of the caller, and the thread knows nothing of it.
      this.#settle((running) => running.reject(error));
      return;
    }
    const limit = this.#limits[job.name];
    if (limit) this.#timer = setTimeout(() => this.#fail(tooSlow(limit)), limit.ms);
  }

  #listenTo(worker: Worker): Worker {
    worker.on('message', (answer: TaskAnswer) => {
      if (worker !== this.#worker) return;
      if (answer.kind === 'ready') this.#isReady = true;
      else this.#settle((job) => answerJob(job, answer));
      this.#goOn();
    });
    worker.on('error', (error) => {
      if (worker === this.#worker) this.#fail(crashed(error));
    });
    worker.on('exit', (code) => {
      if (worker === this.#worker) this.#fail(new Error(`The task thread ended (${code}).`));
    });
    return worker;
  }

  #settle(how: (job: Job) => void): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const job = this.#running;
    this.#running = null;
    if (job) how(job);
  }

  /** Ends the thread and the task that it ran, or was started for. */
  #fail(error: unknown): void {
    const worker = this.#worker;
    this.#worker = null;
    this.#isReady = false;
    this.#running ??= this.#waiting.shift() ?? null;
    this.#settle((job) => job.reject(error));
    void worker?.terminate();
    this.#goOn();
  }
}

function answerJob(job: Job, answer: Exclude<TaskAnswer, { kind: 'ready' }>): void {
  try {
    job.resolve(valueOf(answer));
  } catch (error) {
    job.reject(error);
  }
}

function tooSlow({ ms, doing }: TaskLimit): Refusal {
  return new Refusal('schema-slow', `${doing} took more than ${ms / 1000} s, and was stopped.`);
}

/** A thread that ran out of memory did so for its task; any other end is a bug. */
function crashed(error: unknown): unknown {
  if (systemCode(error) !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new Refusal('schema-slow', 'The schema takes more memory than it may, and was given up.');
}

function stopped(): Refusal {
  return new Refusal('stopping', 'Deltascope is being closed.');
}
