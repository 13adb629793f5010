import { expect, test } from 'vitest';
import { type VersionState, versionWords } from './version-words.ts';

const schema = {
  type: 'object',
  properties: { name: { type: 'string' }, home: { type: 'object', properties: { city: {} } } },
  required: ['name', 'home'],
  additionalProperties: false,
};
const state = (value: unknown, given: Partial<VersionState> = {}): VersionState => ({
  name: 'person',
  description: '',
  strict: true,
  kind: 'format',
  text: typeof value === 'string' ? value : JSON.stringify(value),
  ...given,
});
const first = state(schema);

test('the first version and one that is the same say nothing', () => {
  expect(versionWords(null, first)).toBe('');
  expect(versionWords(first, first)).toBe('');
});

test('properties that came, went or changed are named, with where they are', () => {
  const { name: _, ...rest } = schema.properties;
  const added = { ...schema.properties, age: { type: 'integer' } };
  const inside = {
    ...schema.properties,
    home: { type: 'object', properties: { city: 1, zip: {} } },
  };
  const with_ = (properties: object, required: string[]) =>
    state({ ...schema, properties, required });
  expect(versionWords(first, with_(added, ['name', 'home', 'age']))).toBe('+age');
  expect(versionWords(first, with_(rest, ['home']))).toBe('−name');
  expect(versionWords(first, with_(inside, ['name', 'home']))).toBe('home.city, +home.zip');
  expect(versionWords(first, with_(schema.properties, ['name']))).toBe('required');
  expect(versionWords(first, state({ ...schema, title: 'x' }))).toBe('title');
});

test('many are counted', () => {
  const properties = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, {}]));
  const after = state({ ...schema, properties: { ...schema.properties, ...properties } });
  expect(versionWords(first, after)).toBe('+a, +b, +c, and 2 more');
});

test('what is beside the text is named too, and what means nothing is called so', () => {
  expect(versionWords(first, { ...first, name: 'human', strict: false })).toBe(
    'renamed from person, strict off',
  );
  expect(versionWords(first, { ...first, kind: 'tool', description: 'x' })).toBe(
    'now a function, description',
  );
  expect(versionWords(first, state(JSON.stringify(schema, null, 2)))).toBe('layout only');
  const { type, ...others } = schema;
  expect(versionWords(first, state({ ...others, type }))).toBe('order of keys');
});
