import { expect, test } from 'vitest';
import { allowedName } from './found-schema.ts';
import { schemasOfFile } from './schema-file.ts';
import { schemasOfCapture } from './schemas-in.ts';

/** With a number beyond a double, an escape, keys out of order: all that printing again would lose. */
const SCHEMA = `{
      "type": "object",
      "properties": { "b": { "type": "string", "description": "\\u00e9" }, "2": {"type":"number", "maximum": 12345678901234567890}, "1": { "type": "null" } },
      "required": ["b", "2", "1"],
      "additionalProperties": false
    }`;
const BODY = `{
  "model": "gpt-5",
  "text": {
    "format": { "type": "json_schema", "name": "thing", "description": "A thing", "strict": true,
    "schema": ${SCHEMA} }
  },
  "tools": [
    { "type": "function", "name": "look", "description": "Looks", "strict": false, "parameters": {"type":"object","properties":{"q":{"type":"string"}}} },
    { "type": "function", "name": "plain", "parameters": {"type":"object"} },
    { "type": "web_search" }
  ]
}`;
const MARGIN = SCHEMA.replaceAll('\n    ', '\n');

test('the schemas of a request, with their very characters', () => {
  const found = schemasOfCapture(BODY, null);
  expect(
    found.map(({ kind, name, description, strict, pointer, side }) => [
      kind,
      name,
      description,
      strict,
      pointer,
      side,
    ]),
  ).toEqual([
    ['format', 'thing', 'A thing', true, '/text/format/schema', 'request'],
    ['tool', 'look', 'Looks', false, '/tools/0/parameters', 'request'],
    ['tool', 'plain', '', true, '/tools/1/parameters', 'request'],
  ]);
  expect(found[0]!.text).toBe(MARGIN);
  // On one line only white space is added.
  expect(found[1]!.text.replace(/\s/g, '')).toBe(
    '{"type":"object","properties":{"q":{"type":"string"}}}',
  );
});

test('what the request does not have the response may repeat', () => {
  const response = `{"type":"response.created","response":{"text":{"format":{"type":"json_schema","name":"other","strict":true,"schema":{"type":"object"}}},"tools":[{"type":"function","name":"look","parameters":{"type":"array"}},{"type":"function","name":"more","strict":true,"parameters":{"type":"object"}}]}}`;
  const names = (body: string | null) =>
    schemasOfCapture(body, response).map(({ name, side }) => `${name} ${side}`);
  expect(names(BODY)).toEqual(['thing request', 'look request', 'plain request', 'more response']);
  expect(names(null)).toEqual(['other response', 'look response', 'more response']);
  expect(names('{"broken"')).toHaveLength(3);
  expect(schemasOfCapture(null, 'no JSON')).toEqual([]);
  expect(schemasOfCapture('{"text":{"format":{"type":"text"}},"tools":null}', null)).toEqual([]);
});

test('requests of other APIs', () => {
  const schema = '{"type":"object","properties":{}}';
  const bodies = {
    chat: `{"response_format":{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":${schema}}},"tools":[{"type":"function","function":{"name":"b","parameters":${schema}}}]}`,
    anthropic: `{"tools":[{"name":"b","input_schema":${schema}}]}`,
    mcp: `{"jsonrpc":"2.0","result":{"tools":[{"name":"b","inputSchema":${schema}}]}}`,
    gemini: `{"generationConfig":{"responseJsonSchema":${schema}},"tools":[{"functionDeclarations":[{"name":"b","parametersJsonSchema":${schema}}]}]}`,
    ollama: `{"model":"x","format":${schema}}`,
  };
  const names = Object.entries(bodies).map(([api, body]) => [
    api,
    schemasOfFile(body, 'x.json').found.map(({ kind, name }) => `${kind} ${name}`.trim()),
  ]);
  expect(Object.fromEntries(names)).toEqual({
    chat: ['format a', 'tool b'],
    anthropic: ['tool b'],
    mcp: ['tool b'],
    gemini: ['format', 'tool b'],
    ollama: ['format'],
  });
});

test('a file that is a schema is taken as it stands', () => {
  const text = '{ "title": "My order!", "type":"object" }\n';
  expect(schemasOfFile(text, '/home/x/order.schema.json')).toMatchObject({
    kind: 'schema',
    found: [{ text, name: 'My_order', kind: 'format' }],
  });
  expect(schemasOfFile('{"$ref":"#/$defs/a"}', 'C:\\x\\order.schema.json').found[0]!.name).toBe(
    'order',
  );
});

test('wrappers, lists of tools, single functions', () => {
  const schema = '{"type":"object"}';
  const kinds = [
    `{"type":"json_schema","json_schema":{"name":"a","schema":${schema}}}`,
    `{"name":"a","strict":true,"schema":${schema}}`,
    `{"type":"function","name":"a","parameters":${schema}}`,
    `[{"type":"function","function":{"name":"a","parameters":${schema}}}]`,
  ].map((text) => {
    const { kind, found } = schemasOfFile(text, 'f.json');
    return [kind, found[0]!.kind, found[0]!.name, found[0]!.pointer];
  });
  expect(kinds).toEqual([
    ['wrapper', 'format', 'a', '/json_schema/schema'],
    ['wrapper', 'format', 'a', '/schema'],
    ['wrapper', 'tool', 'a', '/parameters'],
    ['body', 'tool', 'a', '/0/function/parameters'],
  ]);
});

test('what is no schema is told', () => {
  expect(schemasOfFile('{"name":"Alice","age":30}', 'a.json').kind).toBe('example');
  expect(schemasOfFile('{"type":"invoice","total":3}', 'a.json').kind).toBe('example');
  expect(schemasOfFile('[1]', 'a.json').kind).toBe('example');
  expect(schemasOfFile('openapi: 3.1.0\npaths: {}\n', 'a.yaml').kind).toBe('openapi');
  expect(schemasOfFile('{"openapi":"3.0.3"}', 'a.json').kind).toBe('openapi');
  expect(schemasOfFile('{\n  "type": object\n}', 'a.json')).toMatchObject({
    kind: 'broken',
    found: [{ text: '{\n  "type": object\n}', name: 'a' }],
    fault: { line: 2, column: 11 },
  });
});

test('any text gives a name that is allowed', () => {
  expect(['a b', '', '!!!', 'x'.repeat(70), 'Größe'].map(allowedName)).toEqual([
    'a_b',
    'schema',
    'schema',
    'x'.repeat(64),
    'Gr_e',
  ]);
});
