import { parentPort } from 'node:worker_threads';
import { answerOf } from './task-answer.ts';
import type { TaskAnswer, TaskCall } from './task-runner.ts';
import { tasks } from './tasks.ts';

/** The entry of the task thread: it answers one call after the other. `ThreadTasks` starts it. */
const port = parentPort;
if (!port) throw new Error('The task thread is started by the main process only.');
const tell = (answer: TaskAnswer) => port.postMessage(answer);
port.on('message', (call: TaskCall) => void answerOf(tasks, call).then(tell));
tell({ kind: 'ready' });
