import { expect, test } from 'vitest';
import { GrowingDocument } from '../growing/growing-document.ts';
import { planOf } from './compile.ts';
import { SchemaCheck } from './schema-check.ts';
import { schemaWord } from './verdict.ts';

const word = (schema: object, text: string, isOver: boolean, whole: boolean | null = null) => {
  const check = new SchemaCheck(planOf(JSON.parse(JSON.stringify(schema))), new GrowingDocument());
  check.document.append(text);
  check.advance();
  return schemaWord(check, text.length, isOver, whole);
};
const numbers = { type: 'array', items: { type: 'number' } };

test('an output is one of these', () => {
  expect(word(numbers, '[1,', false)).toBe('valid so far');
  expect(word(numbers, '[1,', true)).toBe('truncated');
  expect(word(numbers, '[1]', true)).toBe('valid');
  expect(word(numbers, '["', false)).toBe('invalid');
  expect(word(numbers, '["', true)).toBe('invalid');
  expect(word(numbers, 'Sure: [', true)).toBe('not JSON');
  expect(word(numbers, '[1]]', true)).toBe('not JSON');
});

test('where something was not judged, the whole text is', () => {
  const schema = { type: 'array', contains: { const: 1 } };
  expect(word(schema, '[1]', true)).toBe('not judged in full');
  expect(word(schema, '[1]', true, true)).toBe('valid');
  expect(word(schema, '[2]', true, false)).toBe('invalid');
});
