import { expect, test } from 'vitest';
import { lintSchema } from '../../src-core/strict-schema/lint.ts';
import { findingOnLine } from './line-finding.ts';

const text = `{
  "type": "object",
  "properties": {
    "a": { "type": "string" }, "b": { "type": "string" }
  },
  "required": ["a"]
}`;
const options = { target: 'openai' } as const;
const linted = { text, options, report: lintSchema(text, options) };
const rulesByLine = [1, 2, 3, 4, 5, 6, 7].map(
  (line) => findingOnLine(linted, line)?.finding.rule ?? null,
);

test('the error of a line is found, what is a note is not', () => {
  // S05 of the root, S27 (a note) at "properties", S03 of "b".
  expect(rulesByLine).toEqual(['S05', null, null, 'S03', null, null, null]);
});
