import { Refusal } from '../refusal.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

/** Runs the tasks of `tasks.ts`, in the thread or (in unit tests) directly. */
export interface TaskRunner {
  /**
   * Throws a `Refusal` where the task refuses, or takes longer than it may (`schema-slow`); anything else
   * that is thrown is a bug.
   */
  run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>>;
  /** Ends what runs. */
  stop(): Promise<void>;
}

/** How long a task may take, and how it is called where it takes longer. */
export interface TaskLimit {
  ms: number;
  /** "Judging the whole output" */
  doing: string;
}

/** How long each task may take. Loading the packages that it needs is part of it. */
export const TASK_LIMITS: Readonly<Record<TaskName, TaskLimit>> = {
  // Compiling a schema of 5,000 properties takes most of 3 s on a slow machine.
  judge: { ms: 8000, doing: 'Judging the whole output' },
  instance: { ms: 10_000, doing: 'Making an instance of the schema' },
  types: { ms: 10_000, doing: 'Making the types' },
  yaml: { ms: 20_000, doing: 'Reading an entry in YAML' },
};

/** What is sent to the thread, and what it answers. */
export interface TaskCall {
  name: string;
  input: unknown;
}
export type TaskAnswer =
  | { kind: 'ready' }
  | { kind: 'value'; value: unknown }
  | { kind: 'refusal'; code: string; message: string; detail: string }
  | { kind: 'bug'; message: string; stack: string };

/** The value of an answer; throws what was thrown. */
export function valueOf(answer: Exclude<TaskAnswer, { kind: 'ready' }>): unknown {
  if (answer.kind === 'value') return answer.value;
  if (answer.kind === 'refusal') throw new Refusal(answer.code, answer.message, answer.detail);
  const error = new Error(answer.message);
  error.stack = answer.stack;
  throw error;
}
