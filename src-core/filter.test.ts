import { describe, expect, test } from 'vitest';
import { parseFilter } from './filter.ts';

const matches = (query: string, type: string, data = '') => {
  const filter = parseFilter(query);
  if (!filter) return true;
  return filter.matchesType(type) && filter.matchesText(`${type}\n${data}`.toLowerCase());
};

describe('a filter', () => {
  test.each([
    ['johnson', 'response.output_text.delta', '{"delta":" Johnson"}', true],
    ['alice johnson', 'x', '{"delta":" Johnson"}', false],
    ['"two words"', 'x', '{"delta":"two words"}', true],
    ['"two words"', 'x', '{"delta":"two  words"}', false],
    ['type:*.delta', 'response.output_text.delta', '', true],
    ['type:*.delta', 'response.output_text.done', '', false],
    ['type:output_text.delta', 'response.output_text.delta', '', true],
    ['type:response.created', 'response.created', '', true],
    ['type:text', 'response.output_text.delta', '', false],
    ['type:*TEXT*', 'response.output_text.delta', '', true],
    ['-type:*.delta', 'response.output_text.delta', '', false],
    ['-johnson', 'x', 'Johnson', false],
    ['type:*.delta johnson', 'response.output_text.delta', 'Johnson', true],
    ['type:*.delta johnson', 'response.output_text.delta', 'Alice', false],
    ['type:a.b', 'response.aXb', '', false],
    ['a+b', 'x', 'a+b', true],
  ] as const)('%s on %s with %s', (query, type, data, expected) => {
    expect(matches(query, type, data)).toBe(expected);
  });

  test.each(['', '   ', 'type:', '-', '-type:', '"'])('%j holds nothing yet', (query) => {
    expect(parseFilter(query)).toBeNull();
  });
});
