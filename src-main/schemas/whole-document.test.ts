import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { judgeWhole } from './whole-document.ts';

const judge = (schema: unknown, value: unknown) =>
  judgeWhole(JSON.stringify(schema), JSON.stringify(value));

function refusal(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test('all errors of a document are told with their places', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' }, b: { format: 'date' } } };
  expect(judge(schema, { a: 'x', b: '2024-02-29' })).toEqual({
    valid: true,
    errors: [],
    errorCount: 0,
  });
  const { valid, errors, errorCount } = judge(schema, { a: 1, b: '2023-02-29' });
  expect([valid, errorCount]).toEqual([false, 2]);
  expect(errors.map(({ pointer, schemaPath }) => [pointer, schemaPath])).toEqual([
    ['/a', '#/properties/a/type'],
    ['/b', '#/properties/b/format'],
  ]);
});

test('what every object inherits is no member', () => {
  const schema = { required: ['toString', 'constructor'], properties: { valueOf: false } };
  expect(judge(schema, {}).errors.map(({ message }) => message)).toEqual([
    "must have required property 'toString'",
    "must have required property 'constructor'",
  ]);
  expect(judge(schema, { toString: 1, constructor: 1 }).valid).toBe(true);
});

test('a schema that names draft 7 is read as one', () => {
  // A list of `items` is of earlier drafts only.
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'null' }] };
  expect(judge(schema, [null]).valid).toBe(true);
  expect(judge(schema, [1]).valid).toBe(false);
});

test('what can not be judged is refused, and says why', () => {
  expect(refusal(() => judge({ type: 'text' }, {})).code).toBe('schema-unusable');
  expect(refusal(() => judge({ $ref: 'https://example.com/schema' }, {})).message).toContain(
    'example.com',
  );
  expect(refusal(() => judgeWhole('{', '{}')).code).toBe('schema-no-json');
  expect(refusal(() => judgeWhole('{}', '{')).code).toBe('text-no-json');
  expect(refusal(() => judge({ $ref: '#' }, {})).code).toBe('schema-unusable');
  // Ajv makes `items0` of `contains`, and not its declaration, as nothing passes `not: true`.
  const never = { anyOf: [{ contains: { type: 'null' } }, { type: ['null'] }], not: true };
  const unrunnable = { not: { oneOf: [never, { items: { const: '' } }, { type: 'string' }] } };
  expect(refusal(() => judge({ properties: { a: unrunnable } }, { a: 1 })).message).toContain(
    'does not run',
  );
});
