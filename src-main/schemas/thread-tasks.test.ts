import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { answerOf } from './task-answer.ts';
import { ThreadTasks } from './thread-tasks.ts';

/** A thread that speaks as the real one does, with tasks that show what may go wrong. */
const THREAD = `
  const { parentPort, threadId } = require('node:worker_threads');
  const seen = [];
  parentPort.on('message', ({ name, input }) => {
    seen.push(input);
    if (name === 'forever') for (;;);
    if (name === 'end') process.exit(3);
    if (name === 'memory') { const all = []; for (;;) all.push(new Array(1e6).fill({})); }
    if (name === 'refuse')
      return parentPort.postMessage({ kind: 'refusal', code: 'c', message: 'm', detail: 'd' });
    if (name === 'bug') return parentPort.postMessage({ kind: 'bug', message: 'oh', stack: 'at x' });
    parentPort.postMessage({ kind: 'value', value: { threadId, seen } });
  });
  parentPort.postMessage({ kind: 'ready' });
`;
const broken = `throw new Error('does not load')`;

/** `run` by any name: the real names are of the real tasks. */
type AnyRun = (name: string, input?: unknown) => Promise<{ threadId: number; seen: unknown[] }>;

function runner(code = THREAD): { run: AnyRun; tasks: ThreadTasks } {
  const tasks = new ThreadTasks(
    () => new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 64 } }),
    { forever: { ms: 50, doing: 'Going on' } },
  );
  onTestFinished(() => tasks.stop());
  return { tasks, run: tasks.run.bind(tasks) as unknown as AnyRun };
}

const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error,
  );

test('one task after the other, in one thread', async () => {
  const { run } = runner();
  const [first, second] = await Promise.all([run('echo', 1), run('echo', 2)]);
  expect([first.seen, second.seen]).toEqual([[1], [1, 2]]);
  expect(second.threadId).toBe(first.threadId);
});

test('a task that takes too long is refused, and the next runs in another thread', async () => {
  const { run } = runner();
  const before = await run('echo', 1);
  const slow = run('forever');
  const after = run('echo', 2);
  expect(await failureOf(slow)).toMatchObject({
    code: 'schema-slow',
    message: 'Going on took more than 0.05 s, and was stopped.',
  });
  expect((await after).seen).toEqual([2]);
  expect((await after).threadId).not.toBe(before.threadId);
});

test('a refusal arrives as one, and a bug as what it was', async () => {
  const { run } = runner();
  const refusal = await failureOf(run('refuse'));
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ code: 'c', message: 'm', detail: 'd' });
  expect(await failureOf(run('bug'))).toMatchObject({ message: 'oh', stack: 'at x' });
  expect(await failureOf(run('echo', () => 'no data'))).toMatchObject({ name: 'DataCloneError' });
  expect((await run('echo', 1)).seen).toEqual([undefined, undefined, 1]);
});

test('a thread that ends takes no other task with it', async () => {
  const { run } = runner();
  expect(await failureOf(run('memory'))).toMatchObject({ code: 'schema-slow' });
  expect(await failureOf(run('end'))).toMatchObject({ message: 'The task thread ended (3).' });
  expect((await run('echo', 1)).seen).toEqual([1]);
});

test('a thread that does not start fails what it was started for', async () => {
  const { run } = runner(broken);
  const both = await Promise.all([failureOf(run('echo', 1)), failureOf(run('echo', 2))]);
  expect(both).toMatchObject([{ message: 'does not load' }, { message: 'does not load' }]);
});

test('what waits when the app ends is refused', async () => {
  const { run, tasks } = runner();
  const waiting = [failureOf(run('echo')), failureOf(run('echo'))];
  await tasks.stop();
  expect(await Promise.all(waiting)).toMatchObject([{ code: 'stopping' }, { code: 'stopping' }]);
  expect(await failureOf(run('echo'))).toMatchObject({ code: 'stopping' });
});

test('the thread answers each call by its outcome', async () => {
  const tasks = {
    double: (input: number) => input * 2,
    refuse: () => Promise.reject(new Refusal('c', 'm', 'd')),
  };
  expect(await answerOf(tasks, { name: 'double', input: 2 })).toEqual({ kind: 'value', value: 4 });
  expect(await answerOf(tasks, { name: 'refuse', input: 0 })).toEqual({
    kind: 'refusal',
    code: 'c',
    message: 'm',
    detail: 'd',
  });
  expect(await answerOf(tasks, { name: 'toString', input: 0 })).toMatchObject({ kind: 'bug' });
});
