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
