import { expect, test } from 'vitest';
import { nextEvent } from './next-event.ts';

test('the next event is told by its type and the text that it brings', () => {
  const delta = { type: 'response.output_text.delta', item_id: 'msg_1', delta: 'Al"ice' };
  expect(nextEvent(`event: ${delta.type}\ndata: ${JSON.stringify(delta)}\n\n`)).toEqual({
    type: delta.type,
    text: '"Al\\"ice"',
  });
  const messages = { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hi' } };
  expect(nextEvent(`data: ${JSON.stringify(messages)}\n\n`)).toEqual({
    type: 'content_block_delta',
    text: '"Hi"',
  });
  expect(nextEvent('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n').text).toBe('"Hi"');
  expect(nextEvent('data: [DONE]\n\n')).toEqual({ type: '', text: '[DONE]' });
  // Cut in the middle, and nothing at all.
  expect(nextEvent('event: a\ndata: {"delta":"Al')).toEqual({ type: 'a', text: '' });
  expect(nextEvent('')).toEqual({ type: '', text: '' });
});
