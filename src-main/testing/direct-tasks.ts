import { answerOf } from '../schemas/task-answer.ts';
import { type TaskRunner, valueOf } from '../schemas/task-runner.ts';
import { type TaskOutput, tasks } from '../schemas/tasks.ts';

/** Runs tasks where they are called, through the same answers as the thread. */
export const directTasks: TaskRunner = {
  async run(name, input) {
    const answer = await answerOf(tasks, { name, input: structuredClone(input) });
    if (answer.kind === 'ready') throw new Error('a call is answered by its outcome');
    return structuredClone(valueOf(answer)) as TaskOutput<typeof name>;
  },
  stop: async () => {},
};
