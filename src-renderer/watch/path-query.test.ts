import { expect, test } from 'vitest';
import type { JsonValue } from '../../src-core/json.ts';
import { compileQuery } from './path-query.ts';

function queryOf(path: string) {
  const compiled = compileQuery(path, 0);
  if (!compiled.ok) throw new Error(compiled.error.message);
  return compiled.query;
}

test('values come with their paths', () => {
  const root = { output: [{ status: 'done' }, {}, { status: 'new' }] };
  expect(queryOf('$.output[*].status').select(root)).toEqual([
    { path: ['output', 0, 'status'], value: 'done' },
    { path: ['output', 2, 'status'], value: 'new' },
  ]);
});

test.each([
  ['$.output[0].status', true, false],
  ["$['output']", true, false],
  ['$.output[*].status', false, false],
  ['$..text', false, false],
  ["$.output[?@.type == 'message'].id", false, true],
  ['$..[?@.text]', false, true],
])('%s: one value at most %s, depends on values %s', (path, isSingular, readsValues) => {
  expect(queryOf(path)).toMatchObject({ isSingular, readsValues });
});

test.each([
  ['$.a b', "found 'b'", 4],
  ['$.output[?foo(@)]', "no such function 'foo'", 10],
  ['$.[', 'shorthand', 2],
])('%s says what is wrong and where', (path, message, start) => {
  const compiled = compileQuery(path, 3);
  if (compiled.ok) throw new Error('was taken');
  expect(compiled.error.message).toContain(message);
  expect(compiled.error.message).not.toMatch(/:\d+\)$/);
  expect(compiled.error.start).toBe(3 + start);
});

test('a snapshot that is nested beyond reason selects nothing, and says so', () => {
  const deep = JSON.parse('{"a":'.repeat(5000) + '1' + '}'.repeat(5000)) as JsonValue;
  const query = queryOf('$..b');
  expect(query.select(deep)).toEqual([]);
  expect(query.failure).toContain('nested deeper than 400');
  expect(query.select({ b: 1 })).toHaveLength(1);
  expect(query.failure).toBeNull();
});
