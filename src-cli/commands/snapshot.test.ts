import { expect, test } from 'vitest';
import { eventsOf, plainSnapshots } from '../../src-core/testing/indexed-stream.ts';
import { responsesRecordings } from '../../src-core/testing/recordings.ts';
import { run } from '../testing/run.ts';

const person = 'examples/person.sse';
const { bytes } = responsesRecordings().find(({ name }) => name === 'seed-person.sse')!;

test('it is the object that a plain fold has put together by then', async () => {
  const plain = plainSnapshots(eventsOf(bytes));
  for (const at of [0, 4, 8, 22]) {
    const { code, out } = await run(['snapshot', '--at', String(at), person]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(plain[at]!));
  }
  const last = await run(['snapshot', '--compact', person]);
  expect(last.out).toBe(`${plain.at(-1)!}\n`);
});

test('of a live stream nothing beyond the event is waited for', async () => {
  const plain = plainSnapshots(eventsOf(bytes));
  async function* endless() {
    yield bytes;
    throw new Error('read on');
  }
  const { out, err } = await run(['snapshot', '--at', '8', '-'], { stdin: endless() });
  expect({ object: JSON.parse(out) as unknown, err }).toEqual({
    object: JSON.parse(plain[8]!),
    err: '',
  });
});

test.each([
  [['--at', '23', person], 'has no event 23: its last one is 22. Events are counted from 0.'],
  [['--at', 'x', person], '--at can\'t be "x".'],
  [['--at', '-1', person], '--at can\'t be "-1".'],
])('%j is refused', async (args, message) => {
  const { code, out, err } = await run(['snapshot', ...args]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('a stream that amounts to nothing says so', async () => {
  const { code, err } = await run(['snapshot'], { stdin: ['data: 1\n\n'] });
  expect(code).toBe(2);
  expect(err).toContain('amounts to no object at event 0');
});

test('what is nested beyond what can be written is named', async () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const event = `{"type":"response.created","response":{"id":"r","deep":${deep}}}`;
  const { code, err } = await run(['snapshot', '-'], { stdin: [`data: ${event}\n\n`] });
  expect(code).toBe(2);
  expect(err).toContain('nested too deeply');
});
