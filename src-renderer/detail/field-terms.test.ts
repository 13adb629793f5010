import { expect, test } from 'vitest';
import { parseFilter } from '../../src-core/filter/filter.ts';
import { termOfField } from './field-terms.ts';

const data =
  '{"type": "a.delta", "item": {"id":"msg_1", "n" : 12}, "text": "say \\"hi\\"", "none":""}';

test.each([
  ['/type', '"a.delta"'],
  ['/item/id', '"msg_1"'],
  // Another number would be found without its key, and another layout with one that is made up.
  ['/item/n', '"\\"n\\" : 12"'],
  ['/text', '"say \\\\\\"hi\\\\\\""'],
  ['/none', '"\\"none\\":\\"\\""'],
  ['/item', null],
  ['', null],
  ['/nowhere', null],
])('the term of %j is %s', (pointer, term) => {
  expect(termOfField(data, pointer)).toBe(term);
});

test('a term is a filter, whatever the value', () => {
  for (const pointer of ['/type', '/item/n', '/text', '/none'])
    expect(parseFilter(termOfField(data, pointer)!).ok, pointer).toBe(true);
});

test('a long text and a broken one make no term', () => {
  expect(termOfField(JSON.stringify({ a: 'x'.repeat(300) }), '/a')).toBeNull();
  expect(termOfField('{"a": 1', '/a')).toBeNull();
});
