import { expect, test } from 'vitest';
import {
  message,
  created,
  itemAdded,
  itemDone,
  partAdded,
  text,
} from '../../src-core/testing/events.ts';
import { frameOf } from '../../src-core/testing/streams.ts';
import { run } from '../testing/run.ts';

test('the answer is printed, with a line end', async () => {
  const { code, out } = await run(['output', 'examples/person.sse']);
  expect(code).toBe(0);
  // From `response.output_text.done` of the recording.
  expect(out).toBe('{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}\n');
});

test('lanes are named by address, kind, both, or all', async () => {
  const lanes = async (...names: string[]) => {
    const args = names.flatMap((name) => ['--lane', name]);
    const { out } = await run(['output', ...args, '-f', 'jsonl', 'examples/reasoning.sse']);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { address: string; kind: string });
    return lines.map(({ address, kind }) => `${address}:${kind}`);
  };
  const all = ['0/0:reasoning_summary', '1:function_arguments'];
  expect(await lanes('all')).toEqual(all);
  expect(await lanes('1')).toEqual([all[1]]);
  expect(await lanes('0/0:reasoning_summary')).toEqual([all[0]]);
  expect(await lanes('function_arguments,reasoning_summary')).toEqual(all);
});

test('what is not there is named, with what is', async () => {
  const none = await run(['output', 'examples/function-calls.sse']);
  expect(none).toEqual({
    code: 2,
    out: '',
    err:
      'deltascope: examples/function-calls.sse has no text of an answer. It has 0:function_arguments, ' +
      '1:function_arguments. Print one with --lane 0:function_arguments, or all with --lane all.\n',
  });
  const wrong = await run(['output', '--lane', 'output_txt', 'examples/person.sse']);
  expect(wrong.err).toContain('--lane can\'t be "output_txt".\nDid you mean output_text?');
});

const opened = [created, itemAdded(0, message('')), partAdded(0, 0)];
const frames = (...events: Parameters<typeof frameOf>[0][]) =>
  events.map((event) => frameOf(event));

test('of a live stream the first text is printed while it grows, others at the end', async () => {
  const seen: string[] = [];
  let told = '';
  async function* chunks() {
    const second = [itemAdded(1, message('')), text('two', 1), text('!', 0)];
    for (const frame of frames(...opened, text('on'), text('e'), ...second)) {
      seen.push(told);
      yield Buffer.from(frame);
    }
  }
  const { out } = await run(['output'], { stdin: chunks(), onOut: (more) => (told += more) });
  expect(out).toBe('one!\ntwo\n');
  expect(seen.slice(3)).toEqual(['', 'on', 'one', 'one', 'one']);
});

test('a text that was replaced is printed as it is in the end', async () => {
  const events = frames(...opened, text('Hello'), itemDone(0, message('Bye')));
  const stored = await run(['output'], { stdin: events, stdinIs: 'file' });
  expect(stored.out).toBe('Bye\n');
  // Live, what was written before can't be taken back.
  const live = await run(['output'], { stdin: events });
  expect(live.out).toBe('Hello\nBye\n');
});

test('what a terminal would take for commands is written out there', async () => {
  const said = 'a\u001b]0;title\u0007\u009b2Jb\tc\nd\re';
  const stream = [created, itemAdded(0, message()), partAdded(0, 0), text(said)];
  const stdin = [stream.map((event) => frameOf(event)).join('')];
  const escaped = 'a\\u001b]0;title\\u0007\\u009b2Jb\tc\nd\\u000de\n';
  expect((await run(['output', '-'], { stdin, columns: 80 })).out).toBe(escaped);
  // Another program gets what there is.
  expect((await run(['output', '-'], { stdin })).out).toBe(`${said}\n`);
  const { out } = await run(['snapshot', '-'], { stdin });
  expect(out).toContain('\\u009b2J');
  expect(out).not.toContain('\u009b');
});
