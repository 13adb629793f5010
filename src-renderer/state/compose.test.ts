import { beforeEach, expect, test } from 'vitest';
import type { Api } from '../../src-core/apis.ts';
import { Compose } from './compose.svelte.ts';
import type { SettingsState } from './settings.svelte.ts';

let kept: string[];
let compose: Compose;

/** A draft of an API, and the settings that were written. */
function draftOf(api: Api, text = '') {
  const written: object[] = [];
  const settings = {
    values: { draft: '', chatDraft: '', messagesDraft: '' },
    set: (patch: object) => written.push(patch),
  } as unknown as SettingsState;
  const draft = new Compose(settings, api);
  if (text) draft.text = text;
  return { draft, written };
}

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

test('each API has a first request that asks for the same, and a draft of its own', () => {
  const bodies = (['responses', 'chat', 'messages'] as const).map((api) => {
    const { draft, written } = draftOf(api);
    const asked = [draft.instructions, draft.input, draft.schema];
    draft.model = 'm';
    return { asked, keys: Object.keys(JSON.parse(draft.text)), written };
  });
  const [first] = bodies;
  expect(bodies.map(({ asked }) => asked)).toEqual([first!.asked, first!.asked, first!.asked]);
  expect(bodies.map(({ keys }) => keys)).toEqual([
    ['model', 'instructions', 'input', 'text', 'stream'],
    ['model', 'messages', 'response_format', 'stream'],
    ['model', 'max_tokens', 'system', 'messages', 'output_config', 'stream'],
  ]);
  expect(bodies.map(({ written }) => Object.keys(written[0]!))).toEqual([
    ['draft'],
    ['chatDraft'],
    ['messagesDraft'],
  ]);
});

test('the fields of a chat are its messages, which keep their layout', () => {
  const { draft } = draftOf('chat', '{"messages": [ {"content":"Hi",  "role":"user"} ], "n": 1e0}');
  expect([draft.instructions, draft.input]).toEqual(['', 'Hi']);
  draft.input = 'Ho';
  expect(draft.text).toBe('{"messages": [ {"content":"Ho",  "role":"user"} ], "n": 1e0}');
  draft.instructions = 'Be brief.';
  expect(JSON.parse(draft.text).messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    { content: 'Ho', role: 'user' },
  ]);
  expect(draft.text).toContain('{"content":"Ho",  "role":"user"}');
  draft.instructions = 'Be long.';
  draft.instructions = '';
  expect(JSON.parse(draft.text)).toEqual({ messages: [{ content: 'Ho', role: 'user' }], n: 1 });
  draft.text = '{"model": "m"}';
  draft.input = 'New';
  draft.instructions = 'Told';
  expect(JSON.parse(draft.text).messages).toEqual([
    { role: 'system', content: 'Told' },
    { role: 'user', content: 'New' },
  ]);
});

test('what is no plain text is left to the body', () => {
  const { draft } = draftOf('chat');
  draft.text = JSON.stringify({
    messages: [
      { role: 'developer', content: 'Told' },
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'Two' },
      { role: 'user', content: 'Three' },
    ],
  });
  expect([draft.instructions, draft.input, draft.inputItems]).toEqual(['Told', null, 4]);
  draft.text = '{"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}]}]}';
  expect([draft.instructions, draft.input]).toEqual(['', null]);
  const { draft: messages } = draftOf('messages', '{"system": [{"type": "text", "text": "a"}]}');
  expect([messages.instructions, messages.input]).toEqual([null, '']);
  for (const text of ['{"messages": 7}', '{"messages": [7, null]}', '{"messages": [{}]}']) {
    draft.text = text;
    expect(draft.input).toBeNull();
  }
});

test('a schema of a chat is nested, and keeps its name when it is cleared', () => {
  const { draft } = draftOf('chat', '{"messages": []}');
  draft.schema = '{"type": "object"}';
  draft.schemaName = 'place';
  draft.strict = false;
  const json_schema = { name: 'place', strict: false, schema: { type: 'object' } };
  expect(JSON.parse(draft.text)).toEqual({
    messages: [],
    response_format: { type: 'json_schema', json_schema },
  });
  draft.schema = '';
  expect(JSON.parse(draft.text)).toEqual({ messages: [] });
  draft.schema = '{"type": "object"}';
  expect(JSON.parse(draft.text).response_format.json_schema).toEqual(json_schema);
  draft.use({ name: 'find', description: '', strict: true, kind: 'tool', text: '{}' });
  draft.use({ name: 'find', description: 'Finds.', strict: true, kind: 'tool', text: '{}' });
  expect(JSON.parse(draft.text).tools).toEqual([
    {
      type: 'function',
      function: { name: 'find', description: 'Finds.', strict: true, parameters: {} },
    },
  ]);
});

test('a schema of Messages has no name; what a server would refuse is said', () => {
  const { draft } = draftOf('messages', '{"output_config": {"effort": "low"}}');
  draft.schema = '{"type": "object"}';
  draft.schemaName = 'lost';
  const format = { type: 'json_schema', schema: { type: 'object' } };
  expect(JSON.parse(draft.text)).toEqual({ output_config: { effort: 'low', format } });
  draft.schema = '';
  expect(JSON.parse(draft.text)).toEqual({ output_config: { effort: 'low' } });
  draft.use({ name: 'find', description: '', strict: true, kind: 'tool', text: '{}' });
  expect(JSON.parse(draft.text).tools).toEqual([{ name: 'find', strict: true, input_schema: {} }]);
  expect(draft.lacksMaxTokens).toBe(true);
  draft.maxTokens = 100;
  expect([draft.lacksMaxTokens, JSON.parse(draft.text).max_tokens]).toEqual([false, 100]);
});

test('the limit of a chat keeps the name that it has, and tokens are counted when asked for', () => {
  const { draft } = draftOf('chat', '{"max_tokens": 5}');
  draft.maxTokens = 6;
  expect(JSON.parse(draft.text)).toEqual({ max_tokens: 6 });
  draft.maxTokens = null;
  draft.maxTokens = 7;
  expect(draft.lacksUsage).toBe(true);
  draft.askForUsage();
  expect(JSON.parse(draft.text)).toEqual({
    max_completion_tokens: 7,
    stream_options: { include_usage: true },
  });
  expect(draft.lacksUsage).toBe(false);
});
