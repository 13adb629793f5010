import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { eventsOfObjects, reduced } from '../../testing/reduced.ts';
import { messages } from './messages.ts';

const start: JsonObject = {
  type: 'message_start',
  message: { type: 'message', role: 'assistant', content: [], usage: { input_tokens: 5 } },
};
const block = (content_block: JsonObject, index = 0): JsonObject => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (value: JsonObject, index = 0): JsonObject => ({
  type: 'content_block_delta',
  index,
  delta: value,
});
const input = (partial_json: string) => delta({ type: 'input_json_delta', partial_json });
const stop = { type: 'content_block_stop', index: 0 };
const of = (...events: JsonObject[]) => reduced(messages, eventsOfObjects(...events));
const tool = block({ type: 'tool_use', id: 't', name: 'f', input: {} });
const contentOf = (root: JsonObject | null) => root?.content;

describe('tool input', () => {
  test('is text while it comes, and a value once the block is over', () => {
    const events = [start, tool, input(''), input('{"x"'), input(':1}')];
    const open = { type: 'tool_use', id: 't', name: 'f', input: {} };
    expect(contentOf(of(...events).state.root)).toEqual([{ ...open, partial_json: '{"x":1}' }]);
    const { state } = of(...events, stop);
    expect(contentOf(state.root)).toEqual([{ ...open, input: { x: 1 } }]);
    expect(state.lanes.get('function_arguments 0 -1')).toBe('{"x":1}');
  });

  test('that is empty is {}', () => {
    const { state } = of(start, tool, input(''), stop);
    expect(contentOf(state.root)).toEqual([{ type: 'tool_use', id: 't', name: 'f', input: {} }]);
  });

  test('that is cut off stays as text', () => {
    const { state } = of(start, tool, input('{"x"'), stop);
    expect(contentOf(state.root)).toMatchObject([{ input: {}, partial_json: '{"x"' }]);
  });

  test('that comes with the block is a lane too', () => {
    const { state } = of(
      start,
      block({ type: 'server_tool_use', name: 'f', input: { x: 1 } }),
      stop,
    );
    expect(state.lanes.get('function_arguments 0 -1')).toBe('{"x":1}');
  });
});

test('a signature is set, not appended', () => {
  const { state } = of(
    start,
    block({ type: 'thinking', thinking: '', signature: '' }),
    delta({ type: 'thinking_delta', thinking: 'hm' }),
    delta({ type: 'signature_delta', signature: 'one' }),
    delta({ type: 'signature_delta', signature: 'two' }),
  );
  expect(contentOf(state.root)).toEqual([{ type: 'thinking', thinking: 'hm', signature: 'two' }]);
});

test('a block that begins with text', () => {
  const { state } = of(
    start,
    block({ type: 'text', text: 'a' }),
    delta({ type: 'text_delta', text: 'b' }),
  );
  expect(contentOf(state.root)).toEqual([{ type: 'text', text: 'ab' }]);
  expect(state.lanes.get('output_text 0 -1')).toBe('ab');
});

test('usage is overwritten by what is there, never added', () => {
  const { state } = of(start, {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn' },
    usage: { input_tokens: null, output_tokens: 7, cache_read_input_tokens: 3 },
  });
  expect(state.root?.usage).toEqual({
    input_tokens: 5,
    output_tokens: 7,
    cache_read_input_tokens: 3,
  });
  expect(messages.usage(state.root)).toEqual({
    input: 8,
    output: 7,
    total: null,
    cached: 3,
    reasoning: null,
  });
});

test('unknown events, blocks and deltas change nothing but what they are', () => {
  const unknown = { type: 'hologram', rays: 3 };
  const { state, types } = of(
    start,
    { type: 'ping' },
    { type: 'weather', sunny: true },
    block(unknown),
    delta({ type: 'ray_delta', ray: 'x' }),
    stop,
  );
  expect(contentOf(state.root)).toEqual([unknown]);
  expect(types.slice(1)).toEqual([
    ...['ping', 'weather', 'content_block_start', 'ray_delta', 'content_block_stop'],
  ]);
});

test('a stream that is joined in its middle', () => {
  const { state } = of(delta({ type: 'text_delta', text: 'b' }, 2));
  expect(contentOf(state.root)).toEqual([null, null, { type: 'text', text: 'b' }]);
});

describe('ends', () => {
  const ending = (stop_reason: string) => [
    { type: 'message_delta', delta: { stop_reason } },
    { type: 'message_stop' },
  ];

  test.each([
    ['end_turn', 'completed'],
    ['tool_use', 'completed'],
    ['max_tokens', 'incomplete'],
    ['refusal', 'incomplete'],
    ['pause_turn', 'incomplete'],
  ])('%s is %s', (reason, status) => {
    expect(of(start, ...ending(reason)).state.ends).toMatchObject([{ status }]);
  });

  test('a stop_reason alone is no end', () => {
    expect(of(start, ending('end_turn')[0]!).state.ends).toEqual([]);
  });

  test('an error in the stream', () => {
    const error = { type: 'overloaded_error', message: 'Overloaded' };
    const { state } = of(start, { type: 'error', error });
    expect(state.ends).toEqual([{ status: 'failed', reason: 'overloaded_error: Overloaded' }]);
    expect(state.root).toMatchObject({ type: 'message', error });
  });
});

test('a second message_start is another message', () => {
  const { state } = of(start, block({ type: 'text', text: 'a' }), start);
  expect(contentOf(state.root)).toEqual([]);
  expect(state.lanes.size).toBe(0);
});
