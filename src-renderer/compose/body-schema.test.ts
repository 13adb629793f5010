import { expect, test } from 'vitest';
import { scanJsonText } from '../../src-core/json-text.ts';
import type { SchemaFacts } from '../../src-core/schema.ts';
import { withSchema } from './body-schema.ts';

const schema = { type: 'object', properties: {}, required: [], additionalProperties: false };
const facts: SchemaFacts = { name: 'person', description: '', strict: true, kind: 'format' };
const put = (body: string, given: Partial<SchemaFacts> = {}) =>
  withSchema('responses', body, scanJsonText(body).root!, {
    ...facts,
    ...given,
    text: JSON.stringify(schema),
  });

test('a body without a format gets one', () => {
  const body = '{\n  "model": "m",\n  "input": 1.50\n}';
  const made = put(body, { description: 'Someone.' });
  expect(JSON.parse(made)).toEqual({
    model: 'm',
    input: 1.5,
    text: {
      format: {
        type: 'json_schema',
        name: 'person',
        description: 'Someone.',
        strict: true,
        schema,
      },
    },
  });
  // What is not about the schema keeps its spelling.
  expect(made).toContain('"input": 1.50');
});

test('a format that is there is written over, what else stands in text stays', () => {
  const text = {
    verbosity: 'low',
    format: { type: 'json_schema', name: 'other', description: 'old', strict: false, schema: {} },
  };
  expect(JSON.parse(put(JSON.stringify({ text })))).toEqual({
    text: {
      verbosity: 'low',
      format: { type: 'json_schema', name: 'person', strict: true, schema },
    },
  });
});

test('JSON mode and plain text give way to it', () => {
  for (const type of ['json_object', 'text'])
    expect(JSON.parse(put(JSON.stringify({ text: { format: { type } } })))).toEqual({
      text: { format: { type: 'json_schema', name: 'person', strict: true, schema } },
    });
});

test('a function goes among the tools, in the place of the one of its name', () => {
  const tool = { type: 'function', name: 'person', strict: true, parameters: schema };
  const kind = 'tool' as const;
  expect(JSON.parse(put('{}', { kind }))).toEqual({ tools: [tool] });
  const search = { type: 'web_search' };
  const old = { type: 'function', name: 'person', parameters: {} };
  const body = JSON.stringify({ tools: [old, search] });
  expect(JSON.parse(put(body, { kind }))).toEqual({ tools: [tool, search] });
  const other = put(body, { kind, name: 'pet', description: 'A pet.' });
  expect(JSON.parse(other).tools).toEqual([
    old,
    search,
    { type: 'function', name: 'pet', description: 'A pet.', strict: true, parameters: schema },
  ]);
});

test('a schema that is not JSON is refused', () => {
  const text = '{"type":';
  expect(() => withSchema('responses', '{}', scanJsonText('{}').root!, { ...facts, text })).toThrow(
    'not JSON',
  );
});
