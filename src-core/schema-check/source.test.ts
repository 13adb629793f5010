import { expect, test } from 'vitest';
import { SchemaSources } from './source.ts';

const schema = { type: 'object', properties: { n: { type: 'integer' } } };
const open = {
  type: 'OBJECT',
  properties: {
    n: { type: 'INTEGER', nullable: true, minimum: 1 },
    l: { type: 'ARRAY', items: { type: 'STRING' }, maxItems: '3' },
  },
  propertyOrdering: ['n'],
};
const opened = {
  type: 'object',
  properties: {
    n: { type: ['integer', 'null'], minimum: 1 },
    l: { type: 'array', items: { type: 'string' }, maxItems: 3 },
  },
};

// The places are those of the APIs' references; Gemini's `Schema` is that of OpenAPI 3.0.
test.each([
  ['Responses', { text: { format: { type: 'json_schema', name: 'a', schema } } }, schema],
  [
    'Chat Completions',
    { response_format: { type: 'json_schema', json_schema: { name: 'a', schema } } },
    schema,
  ],
  ['Messages', { output_config: { format: { type: 'json_schema', schema } } }, schema],
  ['Messages before', { output_format: { type: 'json_schema', schema } }, schema],
  ['Gemini', { generationConfig: { responseJsonSchema: schema } }, schema],
  ['Gemini, as OpenAPI', { generationConfig: { responseSchema: open } }, opened],
  ['Ollama', { format: schema }, schema],
  ['Ollama, any JSON', { format: 'json' }, undefined],
  ['any text', { text: { format: { type: 'text' } } }, undefined],
])('the format of the answer is found in a request of %s', (_name, body, expected) => {
  expect(new SchemaSources(JSON.stringify(body), undefined).format?.schema).toEqual(expected);
});

test.each([
  ['Responses', { type: 'function', name: 'f', parameters: schema }, schema],
  [
    'Chat Completions and Ollama',
    { type: 'function', function: { name: 'f', parameters: schema } },
    schema,
  ],
  ['Messages', { name: 'f', input_schema: schema }, schema],
  [
    'Gemini',
    { functionDeclarations: [{ name: 'e' }, { name: 'f', parametersJsonSchema: schema }] },
    schema,
  ],
  ['Gemini, as OpenAPI', { function_declarations: [{ name: 'f', parameters: open }] }, opened],
  ['a tool without one', { type: 'web_search' }, undefined],
])('what a function takes is found in a request of %s', (_name, tool, expected) => {
  const sources = new SchemaSources(JSON.stringify({ tools: [tool, null] }), undefined);
  expect(sources.parametersOf('f')?.schema).toEqual(expected);
  expect(sources.parametersOf('g')).toBeNull();
});
