import { beforeEach, expect, test } from 'vitest';
import { Compose } from './compose.svelte.ts';
import type { SettingsState } from './settings.svelte.ts';

let kept: string[];
let compose: Compose;

function composeWith(draft: string): Compose {
  const settings = {
    values: { draft },
    set: (patch: { draft?: string }) => kept.push(patch.draft ?? ''),
  } as unknown as SettingsState;
  return new Compose(settings);
}

beforeEach(() => {
  kept = [];
  compose = composeWith('');
});

test('the fields are a view of the body', () => {
  compose.text = '{"model": "m", "instructions": "i", "input": "in"}';
  expect([compose.model, compose.instructions, compose.input]).toEqual(['m', 'i', 'in']);
  expect([compose.schema, compose.schemaName, compose.hasSchema]).toEqual(['', '', false]);
});

test('writing in a field leaves the layout of the rest', () => {
  compose.text = '{ "model":"m",\n     "seed": 12345678901234567890 }';
  compose.model = 'other';
  expect(compose.text).toBe('{ "model":"other",\n     "seed": 12345678901234567890 }');
});

test('no instructions means no member; the empty input stays', () => {
  compose.text = '{"instructions": "i", "input": "in"}';
  compose.instructions = '';
  compose.input = '';
  expect(compose.text).toBe('{"input": ""}');
});

test('an input that is a list is left to the body', () => {
  compose.text = '{"input": [{"role": "user", "content": "hi"}]}';
  expect(compose.input).toBeNull();
  expect(compose.inputItems).toBe(1);
});

test('a body that is not JSON is kept, named, and not sent', () => {
  compose.text = '{\n  "model": "m",\n}';
  expect(compose.text).toBe('{\n  "model": "m",\n}');
  expect(compose.bodyFault).toMatchObject({ line: 3, column: 1 });
  expect(() => compose.body()).toThrow(/^The request body is not a JSON object: line 3, column 1:/);
  expect(compose.model).toBe('gpt-4o-mini');
  compose.model = 'lost?';
  expect(compose.text).toBe('{\n  "model": "m",\n}');
});

test('a body that is JSON but no object is named too', () => {
  compose.text = '[1]';
  expect(compose.fault).toContain('a JSON object was expected');
});

test('a schema that is not JSON yet stays beside the last good one', () => {
  const before = compose.text;
  compose.schema = '{"type": }';
  expect(compose.schema).toBe('{"type": }');
  expect(compose.text).toBe(before);
  expect(compose.schemaFault).toMatchObject({ line: 1, column: 10 });
  compose.instructions = 'Something else.';
  expect(compose.schema).toBe('{"type": }');
  compose.schema = '{"type": "string"}';
  expect(compose.schemaFault).toBeNull();
  expect(compose.schema).toBe('{"type": "string"}');
});

test('a schema written into the body takes over', () => {
  compose.schema = '{"type": }';
  compose.text = compose.text.replace('"integer"', '"number"');
  expect(compose.schemaFault).toBeNull();
  expect(compose.schema).toContain('"number"');
});

test('a schema keeps its layout on the way into the body and back', () => {
  const schema = '{ "type": "object",\n    "properties": {}\n}';
  compose.schema = schema;
  expect(compose.schema).toBe(schema);
  expect(JSON.parse(compose.text).text.format).toEqual({
    type: 'json_schema',
    name: 'person',
    strict: true,
    schema: { type: 'object', properties: {} },
  });
});

test('a first schema brings its format along, the last one takes it away', () => {
  compose.text = '{"model": "m"}';
  compose.schema = '{"type": "object"}';
  expect(JSON.parse(compose.text).text.format).toMatchObject({ name: 'output', strict: true });
  compose.schemaName = 'person';
  compose.strict = false;
  expect(JSON.parse(compose.text).text.format).toMatchObject({ name: 'person', strict: false });
  compose.schema = '';
  expect(JSON.parse(compose.text)).toEqual({ model: 'm' });
  compose.text = '{"text": {"verbosity": "low", "format": {"type": "json_schema"}}}';
  compose.schema = '{}';
  expect(JSON.parse(compose.text).text.format).toEqual({ type: 'json_schema', schema: {} });
});

test('a schema that is cleared to write another one keeps its name', () => {
  compose.strict = false;
  compose.schema = '';
  expect(compose.hasSchema).toBe(false);
  compose.schema = '{"type": "object"}';
  expect(JSON.parse(compose.text).text.format).toEqual({
    type: 'json_schema',
    name: 'person',
    strict: false,
    schema: { type: 'object' },
  });
});

test('drafts are kept as they are typed, and come back', () => {
  compose.text = '{"model": ';
  expect(kept).toEqual(['{"model": ']);
  expect(composeWith('{"model": ').text).toBe('{"model": ');
});

test('reset gives back what was there', () => {
  compose.text = '{"model": ';
  expect(compose.reset()).toBe('{"model": ');
  expect(compose.fault).toBeNull();
});

test('parts are found by line and column', () => {
  expect(compose.placeOf(['nothing'])).toBeNull();
  expect(compose.placeOf(['input'])).toEqual({ line: 4, column: 12 });
});

test.each([
  ['{"stream": false}', 'false'],
  ['{"stream": "yes"}', '"yes"'],
  ['{"stream": null}', 'null'],
  ['{"stream": true}', null],
  ['{}', null],
])('of %s it is said that stream is sent as true: %s', (text, said) => {
  compose.text = text;
  expect(compose.unsentStream).toBe(said);
});
