import { expect, test } from 'vitest';
import { recognise } from './dialects.ts';

test.each([
  [{ type: 'response.created', response: {} }, 'responses'],
  [{ type: 'response.vendor:thing' }, 'responses'],
  [{ type: 'error', code: 'x', message: 'no', param: null }, 'responses'],
  [{ type: 'error', error: { type: 'server_error', code: 'x', message: 'no' } }, 'responses'],
  [{ type: 'error', sequence_number: 2, error: { type: 'server_error' } }, 'responses'],
  [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'messages'],
  [{ type: 'message_start', message: { content: [] } }, 'messages'],
  [{ type: 'ping' }, null],
  [{ object: 'chat.completion.chunk', choices: [] }, 'chat'],
  [{ candidates: [{ content: {} }] }, 'gemini'],
  [
    { model: 'm', created_at: 'x', message: { role: 'assistant', content: '' }, done: false },
    'ollama',
  ],
  [{ hello: 'world' }, null],
])('%j speaks %s', (event, dialect) => expect(recognise(event, '')).toBe(dialect));
