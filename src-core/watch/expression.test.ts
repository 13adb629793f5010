import { expect, test } from 'vitest';
import { parseWatch } from './expression.ts';

const at = (outputIndex: number, subIndex: number, kind: string | null = null) => ({
  outputIndex,
  subIndex,
  kind,
});

test.each([
  ['/output/0/content/0/text', { kind: 'pointer', keys: ['output', '0', 'content', '0', 'text'] }],
  [' /a~1b/~0 ', { kind: 'pointer', keys: ['a/b', '~'] }],
  ['/', { kind: 'pointer', keys: [''] }],
  ['$.output[*].status', { kind: 'query', query: '$.output[*].status' }],
  ['lane:0/0', { kind: 'lane', place: at(0, 0), keys: null }],
  ['lane:12', { kind: 'lane', place: at(12, -1), keys: null }],
  ['lane:0/0:refusal', { kind: 'lane', place: at(0, 0, 'refusal'), keys: null }],
  ['lane:1:code#/a', { kind: 'lane', place: at(1, -1, 'code'), keys: ['a'] }],
  ['lane:0/1#/a b', { kind: 'lane', place: at(0, 1), keys: ['a b'] }],
  ['lane:0/1#', { kind: 'lane', place: at(0, 1), keys: [] }],
])('%s is read', (text, expression) => {
  expect(parseWatch(text)).toEqual({ ok: true, expression });
});

test.each([
  ['', 'needs a JSON pointer', 0, 0],
  ['  ', 'needs a JSON pointer', 0, 2],
  ['output/0', 'as in /output/0', 0, 8],
  [' text', 'begins with "/"', 1, 5],
  ['/a/~b', '"~" is written ~0', 3, 4],
  ['lane:x', 'output index', 5, 6],
  ['lane:', 'output index', 4, 5],
  ['lane:0/0#name', 'begins with "/"', 9, 13],
  [' lane:0/0#/~2', '~0', 11, 12],
  ['lane:0/0:text', 'output_text, refusal', 9, 13],
  [' lane:0:#/a', 'one of', 7, 8],
])('"%s" says what is wrong and where', (text, message, start, end) => {
  const parsed = parseWatch(text);
  if (parsed.ok) throw new Error('was taken');
  expect(parsed.error.message).toContain(message);
  expect([parsed.error.start, parsed.error.end]).toEqual([start, end]);
});
