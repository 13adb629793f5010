import { messageOf, Refusal } from '../refusal.ts';
import type { TaskAnswer, TaskCall } from './task-runner.ts';

/** What is made of a call: the thread's side, in plain values, as only those keep their kind when sent. */
export async function answerOf(
  tasks: Record<string, (input: never) => unknown>,
  { name, input }: TaskCall,
): Promise<TaskAnswer> {
  try {
    const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
    if (!task) throw new Error(`There is no task "${name}".`);
    return { kind: 'value', value: await task(input as never) };
  } catch (error) {
    if (error instanceof Refusal) {
      return {
        kind: 'refusal',
        code: error.code,
        message: error.message,
        detail: error.detail,
      };
    }
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    return { kind: 'bug', message: messageOf(error), stack };
  }
}
