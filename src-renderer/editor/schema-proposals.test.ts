import { expect, test } from 'vitest';
import { proposalsAt } from './schema-proposals.ts';

/** The proposals at a `|` in a text, and what taking the first one makes of it. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const proposals = proposalsAt(text, offset);
  const [first] = proposals;
  const taken = first && text.slice(0, first.start) + first.insert + text.slice(first.end);
  return { inserts: proposals.map(({ insert }) => JSON.parse(insert) as string), taken };
}

test('a reference is to what there is', () => {
  const { inserts, taken } = at('{"$defs":{"A":{},"x y":{}},"items":{"$ref":"#/|"}}');
  expect(inserts).toEqual(['#/$defs/A', '#/$defs/x%20y', '#']);
  expect(taken).toBe('{"$defs":{"A":{},"x y":{}},"items":{"$ref":"#/$defs/A"}}');
  expect(at('{"$defs":{"A":{}},"items":{"$ref": |').inserts).toEqual(['#/$defs/A', '#']);
  expect(at('{"properties":{"$ref": |').inserts).toEqual([]);
});

test('what is not required yet can be', () => {
  const text = '{"properties":{"o":{"properties":{"a":{},"b":{},"c":{}},"required":["b",|]}}}';
  expect(at(text).inserts).toEqual(['a', 'c']);
  expect(at(text.replace('|', '"|"')).taken).toBe(text.replace('|', '"a"'));
  // The one that is being written is offered as well.
  expect(at('{"properties":{"a":{},"b":{}},"required":["a|", "b"]}').inserts).toEqual(['a']);
  expect(at('{"properties":{"required":["|').inserts).toEqual([]);
  expect(at('{"enum":["|').inserts).toEqual([]);
});
