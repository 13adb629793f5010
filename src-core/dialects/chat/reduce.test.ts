import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../json.ts';
import { eventsOfObjects, reduced } from '../../testing/reduced.ts';
import { objectsOf } from '../facts.ts';
import { chat } from './chat.ts';

const chunk = (delta: JsonObject, rest: JsonObject = {}, index = 0): JsonObject => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  choices: [{ index, delta, ...rest }],
});
const of = (...events: JsonValue[]) => reduced(chat, eventsOfObjects(...events));
const choicesOf = (root: JsonObject | null) => objectsOf(root?.choices);
const callsOf = (root: JsonObject | null) =>
  objectsOf((choicesOf(root)[0]?.message as JsonObject).tool_calls);
const call = (id: string | null, name: string, text: string, index?: number): JsonObject => ({
  ...(index !== undefined && { index }),
  ...(id !== null && { id }),
  function: { ...(name && { name }), arguments: text },
});
const calls = (...list: JsonObject[]) => chunk({ tool_calls: list });

describe('tool calls', () => {
  const two = [
    { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
    { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
  ];

  test('by index, fragments interleaved', () => {
    const { state } = of(
      calls(call('a', 'f', '{"x"', 0), call('b', 'g', '', 1)),
      calls(call(null, '', '{}', 1)),
      calls(call(null, '', ':1}', 0)),
    );
    expect(callsOf(state.root)).toEqual(two);
    expect(state.lanes.get('function_arguments 0 1')).toBe('{}');
  });

  test('by id, where the index is missing', () => {
    const { state } = of(
      calls(call('a', 'f', '{"x"')),
      calls(call('b', 'g', '{}')),
      calls(call('a', '', ':1}')),
    );
    expect(callsOf(state.root)).toEqual(two);
  });

  test('by id, where all calls have the same index', () => {
    const { state } = of(
      calls(call('a', 'f', '{"x"', 0)),
      calls(call(null, '', ':1}', 0)),
      calls(call('b', 'g', '{', 0)),
      calls(call(null, '', '}', 0)),
    );
    expect(callsOf(state.root)).toEqual([two[0], { ...two[1], index: 0 }]);
  });

  test('whole calls without index and id are calls of their own', () => {
    const { state } = of(calls(call(null, 'f', '{"x":1}')), calls(call(null, 'g', '{}')));
    expect(callsOf(state.root).map((one) => one.function)).toEqual(two.map((one) => one.function));
  });

  test('an id that a server makes up for each fragment begins no call', () => {
    const { state } = of(calls(call('a', 'f', '{', 0)), calls(call('z', '', '}', 0)));
    expect(callsOf(state.root)).toEqual([
      { id: 'z', type: 'function', function: { name: 'f', arguments: '{}' } },
    ]);
  });

  test('an index far beyond the end is no reason for a list of millions', () => {
    const { state } = of(calls(call('a', 'f', '{}', 4e9)));
    expect(callsOf(state.root)).toHaveLength(1);
  });

  test('arguments as an object are shown as JSON', () => {
    const { state } = of(
      calls({ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } } }),
    );
    expect(callsOf(state.root)[0]).toMatchObject({ function: { arguments: { x: 1 } } });
    expect(state.lanes.get('function_arguments 0 0')).toBe('{"x":1}');
  });

  test('custom tools have an input', () => {
    const { state } = of(
      calls({ index: 0, id: 'a', type: 'custom', custom: { name: 'f', input: 'se' } }),
      calls({ index: 0, custom: { input: 'lect' } }),
    );
    expect(callsOf(state.root)).toEqual([
      { id: 'a', type: 'custom', custom: { name: 'f', input: 'select' } },
    ]);
    expect([...state.lanes]).toEqual([['custom_input 0 0', 'select']]);
  });

  test('the call of before there were several', () => {
    const { state } = of(
      chunk({ function_call: { name: 'f', arguments: '{' } }),
      chunk({ function_call: { arguments: '}' } }),
    );
    const [choice] = choicesOf(state.root);
    expect(choice).toMatchObject({ message: { function_call: { name: 'f', arguments: '{}' } } });
  });
});

describe('texts', () => {
  test('several choices have a lane each', () => {
    const { state } = of(chunk({ content: 'a' }), chunk({ content: 'b' }, {}, 1));
    expect([...state.lanes]).toEqual([
      ['output_text 0 -1', 'a'],
      ['output_text 1 -1', 'b'],
    ]);
  });

  test('the same reasoning in two fields is kept once', () => {
    const { state } = of(chunk({ reasoning: 'hm', reasoning_content: 'hm' }));
    expect([...state.lanes]).toEqual([['reasoning_text 0 -1', 'hm']]);
  });

  test('pieces of reasoning that stand alone', () => {
    const piece = (rest: JsonObject) => chunk({ reasoning_details: [{ index: 0, ...rest }] });
    const { state } = of(
      piece({ type: 'reasoning.text', text: 'h' }),
      piece({ type: 'reasoning.text', text: 'm', signature: 's' }),
      piece({ type: 'reasoning.summary', summary: 'so' }),
      piece({ type: 'reasoning.encrypted', data: '#' }),
    );
    expect(choicesOf(state.root)[0]).toMatchObject({
      message: {
        reasoning_details: [
          { index: 0, type: 'reasoning.text', text: 'hm', signature: 's' },
          { index: 0, type: 'reasoning.summary', summary: 'so' },
          { index: 0, type: 'reasoning.encrypted', data: '#' },
        ],
      },
    });
    expect([...state.lanes.keys()]).toEqual(['reasoning_text 0 0', 'reasoning_summary 0 1']);
  });

  test('typed parts after a string go on in the string', () => {
    const { state } = of(
      chunk({ content: 'a' }),
      chunk({ content: [{ type: 'text', text: 'b' }] }),
    );
    expect(choicesOf(state.root)[0]).toMatchObject({ message: { content: 'ab' } });
  });

  test('a whole completion among chunks replaces', () => {
    const message = { role: 'assistant', content: 'all of it' };
    const { state, types } = of(chunk({ content: 'all' }), {
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
    });
    expect(types).toEqual(['delta.content', 'message']);
    expect(choicesOf(state.root)[0]).toMatchObject({ message });
  });
});

describe('ends', () => {
  const end = (reason: string, index = 0) => chunk({}, { finish_reason: reason }, index);

  test.each([
    ['stop', 'completed'],
    ['tool_calls', 'completed'],
    ['length', 'incomplete'],
    ['content_filter', 'incomplete'],
    ['error', 'failed'],
  ])('%s is %s', (reason, status) => {
    expect(of(end(reason)).state.ends).toMatchObject([{ status }]);
  });

  test('of several choices the last decides when, the worst how', () => {
    const { state } = of(chunk({}), chunk({}, {}, 1), end('length', 1), end('stop'));
    expect(state.ends).toEqual([
      { status: 'incomplete', reason: 'the limit of tokens was reached (finish_reason length)' },
    ]);
  });

  test('an error alone', () => {
    const error = { message: 'slow down', code: 429 };
    const { state, types } = of({ error });
    expect(types).toEqual(['error']);
    expect(state.root).toEqual({ error });
    expect(state.ends).toEqual([{ status: 'failed', reason: '429: slow down' }]);
  });

  test('an error beside choices keeps both', () => {
    const { state } = of({ ...chunk({ content: 'a' }, { finish_reason: 'error' }), error: 'gone' });
    expect(state.root).toMatchObject({ error: 'gone' });
    expect(state.lanes.get('output_text 0 -1')).toBe('a');
    expect(state.ends.at(-1)).toEqual({ status: 'failed', reason: 'gone' });
  });

  test('an event named error, whatever its data', () => {
    const value = { message: 'no' };
    const { state } = reduced(chat, [{ name: 'error', data: JSON.stringify(value), value }]);
    expect(state.ends).toEqual([{ status: 'failed', reason: 'no' }]);
  });
});

test('another id after the end is another completion', () => {
  const { state } = of(chunk({ content: 'a' }, { finish_reason: 'stop' }), {
    ...chunk({ content: 'b' }),
    id: 'c2',
  });
  expect(state.root).toMatchObject({ id: 'c2' });
  expect([...state.lanes.values()]).toEqual(['b']);
});
