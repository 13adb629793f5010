import { expect, test } from 'vitest';
import { dialectOf, dialects } from '../../src-core/dialects/dialects.ts';
import { type EndedStream, endingOf } from './ending.ts';

const ended = (over: Partial<EndedStream>): EndedStream => ({
  end: { kind: 'closed', atUs: 0, code: null, message: 'No times.' },
  status: 'disconnected',
  dialect: dialectOf('chat'),
  origin: 'file',
  problems: [],
  ...over,
});

test('what never came is said in the words of the protocol', () => {
  expect(endingOf(ended({}))).toBe(
    'The stream ends in the regular way, but a finish_reason, and [DONE], never came.',
  );
  expect(endingOf(ended({ dialect: dialectOf('messages'), origin: 'request' }))).toBe(
    'The server closed the stream in the regular way, but message_stop never came.',
  );
  for (const { id, endsWith } of dialects) expect(endsWith === '', id).toBe(id === 'plain');
});

test('a stream that was cut is told as the problem tells it', () => {
  const message = 'The stream ends inside a block.';
  const cut = { rule: 'W7', severity: 'error' as const, seq: 3, start: 9, end: 12, message };
  expect(endingOf(ended({ problems: [cut] }))).toBe(message);
  expect(endingOf(ended({ problems: [cut], status: 'completed' }))).toBe(null);
});
