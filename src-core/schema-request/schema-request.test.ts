import { expect, test } from 'vitest';
import { scanJsonText } from '../json-text.ts';
import { schemaRequest, type SchemaRequest } from './schema-request.ts';

const SCHEMA = `{
  "type": "object",
  "properties": { "zeta": { "type": "number", "maximum": 1e400 }, "alpha": { "type": "string" } },
  "required": ["zeta", "alpha"], "additionalProperties": false
}
`;
const PERSON: SchemaRequest = {
  schema: SCHEMA,
  name: 'person',
  description: '',
  strict: true,
  kind: 'format',
  model: 'gpt-4o-mini',
  prompt: 'Describe "Alice".\nBriefly.',
};

test('a format is flat under text, as the Responses API has it', () => {
  expect(JSON.parse(schemaRequest({ ...PERSON, maxOutputTokens: 100, stream: true }))).toEqual({
    model: 'gpt-4o-mini',
    input: 'Describe "Alice".\nBriefly.',
    text: {
      format: { type: 'json_schema', name: 'person', strict: true, schema: JSON.parse(SCHEMA) },
    },
    max_output_tokens: 100,
    stream: true,
  });
});

test('a function has to be called', () => {
  const body = JSON.parse(
    schemaRequest({
      ...PERSON,
      kind: 'tool',
      name: 'find',
      description: 'Finds.',
      instructions: 'Call it.',
      metadata: { seed: '7' },
    }),
  );
  expect(body).toEqual({
    model: 'gpt-4o-mini',
    instructions: 'Call it.',
    input: PERSON.prompt,
    tools: [
      {
        type: 'function',
        name: 'find',
        description: 'Finds.',
        strict: true,
        parameters: JSON.parse(SCHEMA),
      },
    ],
    tool_choice: { type: 'function', name: 'find' },
    metadata: { seed: '7' },
  });
});

test('Chat Completions nests what Responses has flat', () => {
  const told = { ...PERSON, api: 'chat' as const, instructions: 'Be brief.', maxOutputTokens: 64 };
  expect(JSON.parse(schemaRequest(told))).toEqual({
    model: 'gpt-4o-mini',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: PERSON.prompt },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'person', strict: true, schema: JSON.parse(SCHEMA) },
    },
    max_completion_tokens: 64,
  });
  expect(JSON.parse(schemaRequest({ ...told, kind: 'tool', name: 'find' }))).toMatchObject({
    tools: [
      {
        type: 'function',
        function: { name: 'find', strict: true, parameters: JSON.parse(SCHEMA) },
      },
    ],
    tool_choice: { type: 'function', function: { name: 'find' } },
  });
});

test('Messages has a limit always, and formats without a name', () => {
  const told = { ...PERSON, api: 'messages' as const, instructions: 'Be brief.' };
  expect(JSON.parse(schemaRequest(told))).toEqual({
    model: 'gpt-4o-mini',
    max_tokens: 4096,
    system: 'Be brief.',
    messages: [{ role: 'user', content: PERSON.prompt }],
    output_config: { format: { type: 'json_schema', schema: JSON.parse(SCHEMA) } },
  });
  expect(
    JSON.parse(schemaRequest({ ...told, kind: 'tool', name: 'find', maxOutputTokens: 9 })),
  ).toMatchObject({
    max_tokens: 9,
    tools: [{ name: 'find', strict: true, input_schema: JSON.parse(SCHEMA) }],
    tool_choice: { type: 'tool', name: 'find' },
  });
});

test("the schema's text stands in it as written, moved to its place", () => {
  const body = schemaRequest(PERSON);
  const lines = SCHEMA.trim().split('\n');
  expect(body.split('\n').map((line) => line.trim())).toEqual(
    expect.arrayContaining(lines.slice(1).map((line) => line.trim())),
  );
  // A double has no room for it: parsing and printing again would lose it.
  expect(body).toContain('"maximum": 1e400');
  expect(body.indexOf('zeta')).toBeLessThan(body.indexOf('alpha'));
  expect(scanJsonText(body).fault).toBeNull();
});
