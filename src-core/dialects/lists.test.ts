import { expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import type { EventKind } from '../responses/event-types.ts';
import type { DialectId } from './dialect.ts';
import { dialectOf } from './dialects.ts';

const delta = (value: JsonObject): JsonObject => ({ choices: [{ index: 0, delta: value }] });
const block = (value: JsonObject): JsonObject => ({
  type: 'content_block_delta',
  index: 0,
  delta: value,
});
const part = (value: JsonObject): JsonObject => ({ candidates: [{ content: { parts: [value] } }] });
const line = (message: JsonObject): JsonObject => ({ model: 'm', message, done: false });

type Row = [DialectId, JsonObject, type: string, EventKind, line: string];

const rows: Row[] = [
  ['chat', delta({ role: 'assistant', content: '' }), 'delta.role', 'item', 'assistant'],
  ['chat', delta({ content: ' a' }), 'delta.content', 'text', ' a'],
  ['chat', delta({ refusal: 'no' }), 'delta.refusal', 'refusal', 'no'],
  ['chat', delta({ reasoning: 'hm' }), 'delta.reasoning', 'reasoning', 'hm'],
  [
    'chat',
    delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }),
    ...(['delta.reasoning', 'reasoning', 'hm'] as const),
  ],
  [
    'chat',
    delta({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{' } }] }),
    ...(['delta.tool_calls', 'arguments', '{ f'] as const),
  ],
  [
    'chat',
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    ...(['finish_reason', 'lifecycle', 'stop'] as const),
  ],
  [
    'chat',
    { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
    ...(['usage', 'lifecycle', '1 in, 2 out, 3 tokens'] as const),
  ],
  ['chat', { error: { code: 'c', message: 'm' } }, 'error', 'error', 'c: m'],
  ['messages', { type: 'ping' }, 'ping', 'other', ''],
  ['messages', block({ type: 'text_delta', text: 'a' }), 'text_delta', 'text', 'a'],
  [
    'messages',
    block({ type: 'thinking_delta', thinking: 'hm' }),
    'thinking_delta',
    'reasoning',
    'hm',
  ],
  [
    'messages',
    { type: 'content_block_start', content_block: { type: 'tool_use', name: 'f' } },
    ...(['content_block_start', 'item', 'tool_use f'] as const),
  ],
  [
    'messages',
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
    ...(['message_delta', 'lifecycle', 'end_turn · 7 out'] as const),
  ],
  ['gemini', part({ text: 'a' }), 'part.text', 'text', 'a'],
  ['gemini', part({ text: 'hm', thought: true }), 'part.thought', 'reasoning', 'hm'],
  [
    'gemini',
    part({ functionCall: { name: 'f', args: { x: 1 } } }),
    ...(['part.functionCall', 'arguments', '{"x":1} f'] as const),
  ],
  ['gemini', { promptFeedback: { blockReason: 'SAFETY' } }, 'promptFeedback', 'error', 'SAFETY'],
  ['ollama', line({ content: 'a' }), 'message.content', 'text', 'a'],
  ['ollama', line({ content: '', thinking: 'hm' }), 'message.thinking', 'reasoning', 'hm'],
  ['ollama', { model: 'm', response: 'a', done: false }, 'response', 'text', 'a'],
  [
    'ollama',
    { model: 'm', response: '', done: true, done_reason: 'stop', eval_count: 3 },
    ...(['done', 'lifecycle', 'stop · 3 out'] as const),
  ],
  ['ollama', { error: 'no memory' }, 'error', 'error', 'no memory'],
];

test.each(rows)('%s lists %j as %s', (id, value, type, kind, text) => {
  const dialect = dialectOf(id);
  const data = JSON.stringify(value);
  expect(dialect.typeOf(value, '', data)).toBe(type);
  expect(dialect.kindOf(type)).toBe(kind);
  const summary = dialect.summary(type, data, value);
  expect([(summary.delta ?? '') + summary.text, summary.tag].filter(Boolean).join(' ')).toBe(text);
});

test('[DONE] is itself in every dialect', () => {
  for (const id of ['chat', 'messages', 'gemini', 'ollama'] as const)
    expect(dialectOf(id).typeOf(undefined, '', '[DONE]')).toBe('[DONE]');
});
