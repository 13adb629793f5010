import { describe, expect, test } from 'vitest';
import { dialectEvents, eventsOfObjects, recordingsIn, reduced } from '../../testing/reduced.ts';
import { ollama } from './ollama.ts';

interface Line {
  created_at?: string;
  done?: boolean;
  response?: string;
  thinking?: string;
  message?: { role?: string; content?: string; thinking?: string; tool_calls?: unknown[] };
}

/**
 * An accumulator as a client would write it from the protocol's words: there is no official one, since
 * `ollama` gives out the lines as they are.
 */
function accumulated(bytes: Uint8Array): Line {
  const lines = new TextDecoder()
    .decode(bytes)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const last: Line = { ...lines[lines.length - 1]! };
  const joined = (part: (line: Line) => string | undefined): string => lines.map(part).join('');
  const thinking = joined((line) => line.thinking ?? line.message?.thinking);
  if (last.message) {
    last.message = { ...last.message, content: joined((line) => line.message?.content) };
    if (thinking !== '') last.message.thinking = thinking;
    const calls = lines.flatMap((line) => line.message?.tool_calls ?? []);
    if (calls.length > 0) last.message.tool_calls = calls;
  } else {
    last.response = joined((line) => line.response);
    if (thinking !== '') last.thinking = thinking;
  }
  return last;
}

test.each(recordingsIn('ndjson/').map(({ name, bytes }) => [name, bytes] as const))(
  '%s is the last line with the whole texts',
  (name, bytes) => {
    const { state } = reduced(ollama, dialectEvents(name, bytes));
    expect(state.root).toEqual(accumulated(bytes));
    expect(state.ends).toEqual([{ status: 'completed', reason: '' }]);
  },
);

const line = (message: object, rest: object = {}) => ({
  model: 'm',
  created_at: 't',
  message: { role: 'assistant', content: '', ...message },
  done: false,
  ...rest,
});

describe('ends', () => {
  test('a missing done line leaves it open', () => {
    const { state } = reduced(ollama, eventsOfObjects(line({ content: 'a' })));
    expect(state.ends).toEqual([]);
    expect(state.root).toMatchObject({ done: false, message: { content: 'a' } });
  });

  test('an error line after a 200', () => {
    const events = eventsOfObjects(line({ content: 'a' }), { error: 'out of memory' });
    const { state, types } = reduced(ollama, events);
    expect(types).toEqual(['message.content', 'error']);
    expect(state.ends).toEqual([{ status: 'failed', reason: 'out of memory' }]);
    expect(state.root).toMatchObject({ error: 'out of memory', message: { content: 'a' } });
  });

  test('the limit of tokens', () => {
    const { state } = reduced(
      ollama,
      eventsOfObjects(line({ content: 'a' }), line({}, { done: true, done_reason: 'length' })),
    );
    expect(state.ends[0]).toMatchObject({ status: 'incomplete' });
  });
});

test('each tool call is a lane with its arguments as JSON', () => {
  const call = (name: string, args: object) => ({ function: { name, arguments: args } });
  const events = eventsOfObjects(
    line({ tool_calls: [call('a', { x: 1 })] }),
    line({ tool_calls: [call('b', {})] }),
    line({}, { done: true }),
  );
  const { state, types } = reduced(ollama, events);
  expect(types).toEqual(['message.tool_calls', 'message.tool_calls', 'done']);
  expect([...state.lanes]).toEqual([
    ['function_arguments 0 0', '{"x":1}'],
    ['function_arguments 0 1', '{}'],
  ]);
  const lane = { kind: 'function_arguments', outputIndex: 0, subIndex: 1 } as const;
  expect(ollama.itemOf(state.root!, lane)).toEqual(call('b', {}));
});
