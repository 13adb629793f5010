import { expect, test } from 'vitest';
import { IndexedStream } from '../testing/indexed-stream.ts';
import type { IndexerOptions } from './indexer.ts';

function told(text: string, options: IndexerOptions = {}): string[] {
  const bytes = new TextEncoder().encode(text);
  const { index } = new IndexedStream(bytes, { chunks: [bytes.length] }, options);
  const errors = index.problems.filter(({ severity }) => severity === 'error');
  return [index.streamStatus, ...errors.map(({ rule, seq }) => `${rule} at ${seq}`)];
}

const message = { role: 'assistant', content: 'Hello' };
const answers = {
  response: { id: 'r', object: 'response', status: 'completed', output: [] },
  'chat completion': {
    ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm' },
    choices: [{ index: 0, message, finish_reason: 'stop' }],
  },
  message: { id: 'm', type: 'message', role: 'assistant', content: [], stop_reason: 'end_turn' },
  Gemini: { candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }] },
  Ollama: { model: 'm', created_at: 't', message, done: true, done_reason: 'stop' },
  settings: { theme: 'dark' },
};

test.each(Object.entries(answers))('a whole answer is no stream: %s', (_, answer) => {
  expect(told(JSON.stringify(answer))).toEqual(['failed', 'W17 at 0']);
  expect(told(`${JSON.stringify(answer, null, 2)}\n`)).toEqual(['failed', 'W17 at 0']);
});

test('what may be a stream of one event is one', () => {
  expect(told(`[${JSON.stringify(answers.Gemini)}]`)).toEqual(['completed']);
  const { message: _, ...line } = answers.Ollama;
  expect(told(JSON.stringify({ ...line, response: '' }))).toEqual(['completed']);
  expect(told('{"theme":"dark"}\n', { framing: 'lines' })).toEqual(['idle']);
  expect(told('{"theme":"dark"}\n{"theme":"light"}\n')).toEqual(['idle']);
  expect(told('data: {"theme":"dark"}\n\n')).toEqual(['idle']);
});

test('an object that is no event of the chosen protocol is no stream of it', () => {
  const settings = JSON.stringify(answers.settings);
  expect(told(settings, { dialect: 'chat' })).toEqual(['failed', 'W17 at 0']);
  expect(told(settings, { dialect: 'plain' })).toEqual(['idle']);
});

test('an error is told of as one', () => {
  expect(told('{"error":{"message":"no key"}}')).toEqual(['failed', 'W11 at 0']);
});

/** What is made of a body that was not asked to stream. */
function read(answer: object) {
  const bytes = new TextEncoder().encode(JSON.stringify(answer, null, 2));
  const stream = new IndexedStream(bytes, { chunks: [bytes.length] }, { whole: true });
  const { index } = stream;
  return {
    status: index.streamStatus,
    dialect: index.dialect,
    lanes: index.lanes.map(({ kind }, lane) => [kind, index.laneTextAt(lane, 0)]),
    object: stream.snapshots().at(0),
    problems: index.problems.map(({ rule, seq }) => `${rule} at ${seq}`),
  };
}

const text = { type: 'output_text', text: 'Hello', annotations: [] };
const response = {
  ...{ id: 'r', object: 'response', status: 'completed', model: 'gpt-x' },
  output: [{ id: 'i', type: 'message', role: 'assistant', content: [text] }],
};

test('an answer that was not asked to stream is the object that a stream would amount to', () => {
  expect(read(response)).toEqual({
    ...{ status: 'completed', dialect: 'responses', object: response, problems: [] },
    lanes: [['output_text', 'Hello']],
  });
  const content = [{ type: 'text', text: 'Hello' }];
  const whole = { id: 'm', type: 'message', role: 'assistant', content, stop_reason: 'end_turn' };
  expect(read(whole)).toEqual({
    ...{ status: 'completed', dialect: 'messages', object: whole, problems: [] },
    lanes: [['output_text', 'Hello']],
  });
  expect(read(answers['chat completion'])).toMatchObject({
    ...{ status: 'completed', dialect: 'chat', problems: [] },
    object: { choices: [{ message, finish_reason: 'stop' }] },
    lanes: [['output_text', 'Hello']],
  });
  expect(read(answers.Gemini)).toMatchObject({
    ...{ status: 'completed', dialect: 'gemini', problems: [] },
    lanes: [['output_text', 'Hi']],
  });
  expect(read(answers.Ollama)).toMatchObject({
    ...{ status: 'completed', dialect: 'ollama', problems: [] },
    lanes: [['output_text', 'Hello']],
  });
});

test('such an answer says why it failed or is incomplete, and nothing else is wrong with it', () => {
  const details = { incomplete_details: { reason: 'max_output_tokens' } };
  const cut = read({ ...response, status: 'incomplete', ...details });
  expect(cut).toMatchObject({ status: 'incomplete', problems: ['W12 at 0'] });
  const error = { code: 'server_error', message: 'Oh' };
  const failed = read({ ...response, status: 'failed', error, output: [] });
  expect(failed).toMatchObject({ status: 'failed', problems: ['W11 at 0'] });
  const list = { object: 'list', data: [{ id: 'gpt-x', object: 'model' }] };
  expect(read(list)).toMatchObject({ dialect: 'plain', lanes: [], problems: [] });
});
