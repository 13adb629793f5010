import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { instancesOf, judgeOf } from '../testing/instances.ts';
import { mutated } from '../testing/mutated-schema.ts';
import { realSchemas } from '../testing/real-schemas.ts';
import { anySchema, valueFor } from '../testing/schemas.ts';
import { compareSchemas } from './compare.ts';

const closed = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const a = (schema: JsonValue): JsonObject => closed({ a: schema });
const text = { type: 'string' };
const said = (before: JsonValue, after: JsonValue) =>
  compareSchemas(before, after).map(({ verdict, path, what }) => `${verdict} ${path}: ${what}`);

/** The schema with keys that it does not know allowed, everywhere. */
function opened(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(opened);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !(key === 'additionalProperties' && value === false))
      .map(([key, value]) => [key, ['enum', 'const'].includes(key) ? value : opened(value!)]),
  );
}

/** Each with an output of the new version that the version before refuses, unknown keys aside. */
const BREAKING: [string, JsonValue, JsonValue, JsonValue, string][] = [
  ['a new value', a({ enum: ['x'] }), a({ enum: ['x', 'y'] }), { a: 'y' }, 'can also be "y"'],
  ['a constant is another', a({ const: 1 }), a({ const: 2 }), { a: 2 }, 'can also be 2'],
  [
    'values are not limited',
    a({ type: 'string', enum: ['x'] }),
    a(text),
    { a: 'z' },
    'is any string, no longer "x"',
  ],
  ['null', a(text), a({ type: ['string', 'null'] }), { a: null }, 'can be null now'],
  [
    'null by a union',
    a(text),
    a({ anyOf: [text, { type: 'null' }] }),
    { a: null },
    'can be null now',
  ],
  [
    'another type',
    a(text),
    a({ type: ['string', 'boolean'] }),
    { a: true },
    'can be a boolean now',
  ],
  [
    'fractions',
    a({ type: 'integer' }),
    a({ type: 'number' }),
    { a: 0.5 },
    'is any number, no longer an integer',
  ],
  ['optional', a(text), closed({ a: text }, { required: [] }), {}, 'may be missing now'],
  ['removed', closed({ a: text, b: text }), a(text), { a: '' }, 'is gone'],
  ['renamed', a(text), closed({ b: text }), { b: '' }, 'is gone'],
  [
    'a lower bound',
    a({ type: 'number', minimum: 0 }),
    a({ type: 'number', minimum: -1 }),
    { a: -1 },
    'lower bound 0 is now -1',
  ],
  [
    'an open bound closed',
    a({ type: 'number', exclusiveMaximum: 9 }),
    a({ type: 'number', maximum: 9 }),
    { a: 9 },
    'upper bound "below 9" is now 9',
  ],
  [
    'an upper bound gone',
    a({ type: 'number', maximum: 9 }),
    a({ type: 'number' }),
    { a: 10 },
    'upper bound 9 is gone',
  ],
  [
    'steps',
    a({ type: 'number', multipleOf: 2 }),
    a({ type: 'number', multipleOf: 3 }),
    { a: 3 },
    'multipleOf 2 is now 3',
  ],
  [
    'length',
    a({ ...text, maxLength: 1 }),
    a({ ...text, maxLength: 2 }),
    { a: 'xx' },
    'maxLength 1 is now 2',
  ],
  ['pattern', a({ ...text, pattern: '^x' }), a(text), { a: 'y' }, 'pattern "^x" is gone'],
  [
    'format',
    a({ ...text, format: 'date' }),
    a({ ...text, format: 'ipv4' }),
    { a: '1.2.3.4' },
    'format "date" is now "ipv4"',
  ],
  [
    'fewer elements',
    a({ type: 'array', items: text, minItems: 1 }),
    a({ type: 'array', items: text }),
    { a: [] },
    'minItems 1 is gone',
  ],
  [
    'repeated elements',
    a({ type: 'array', uniqueItems: true }),
    a({ type: 'array' }),
    { a: [1, 1] },
    'uniqueItems true is gone',
  ],
  [
    'elements',
    a({ type: 'array', items: text }),
    a({ type: 'array', items: { type: ['string', 'null'] } }),
    { a: [null] },
    'can be null now',
  ],
  [
    'a first element',
    a({ type: 'array', prefixItems: [text] }),
    a({ type: 'array', prefixItems: [{}] }),
    { a: [1] },
    'can be anything now',
  ],
  [
    'values of a map',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: true },
    { x: 1 },
    'now',
  ],
  [
    'an alternative',
    { anyOf: [a({ const: 'x' })] },
    { anyOf: [a({ const: 'x' }), closed({ b: text })] },
    { b: '' },
    '',
  ],
  [
    'a keyword that is not looked into',
    a({ type: 'number', not: { const: 1 } }),
    a({ type: 'number' }),
    { a: 1 },
    'not is gone',
  ],
];

describe('breaking', () => {
  test.each(BREAKING)('%s', (_name, before, after, instance, what) => {
    expect(judgeOf(after as JsonObject)(instance)).toBe(true);
    expect(judgeOf(opened(before) as JsonObject)(instance)).toBe(false);
    expect(compareSchemas(before, after)[0]).toMatchObject({
      verdict: 'breaking',
      what: expect.stringContaining(what) as string,
    });
  });
  test('further keys, though no validator that allows them minds', () => {
    expect(said(a(text), { ...a(text), additionalProperties: true })).toEqual([
      'breaking : may have further keys now',
    ]);
  });
  test('through a reference, once, however often it is used', () => {
    const version = (d: JsonValue) => ({
      ...closed({ a: { $ref: '#/$defs/d' }, b: { $ref: '#/$defs/d' } }),
      $defs: { d },
    });
    expect(said(version(text), version({ type: ['string', 'null'] }))).toEqual([
      'breaking a: can be null now',
      'breaking b: can be null now',
    ]);
    expect(said(version(a(text)), version(a({ type: 'number' })))).toEqual([
      'breaking a.a: can be a number now',
      'safe a.a: can no longer be a string',
    ]);
  });
});

describe('safe', () => {
  test.each<[string, JsonValue, JsonValue, string[]]>([
    ['a value gone', a({ enum: ['x', 'y'] }), a({ enum: ['x'] }), ['safe a: can no longer be "y"']],
    ['never null', a({ type: ['string', 'null'] }), a(text), ['safe a: is never null any more']],
    [
      'tighter',
      a({ type: 'number', minimum: 0 }),
      a({ type: 'number', minimum: 1 }),
      ['safe a: lower bound 0 is now 1'],
    ],
    ['an integer', a({ type: 'number' }), a({ type: 'integer' }), ['safe a: is an integer now']],
    ['limited', a(text), a({ enum: ['x'] }), ['safe a: is limited to "x"']],
    ['required', closed({ a: text }, { required: [] }), a(text), ['safe a: is always there now']],
    ['a new property', a(text), closed({ a: text, b: text }), ['safe b: is new']],
    [
      'a property that could be missing',
      closed({ a: text, b: text }, { required: ['a'] }),
      a(text),
      ['safe b: is gone'],
    ],
    [
      'a property that may be missing where further keys may come',
      { type: 'object', properties: { a: {} } },
      { type: 'object' },
      ['safe a: is named no longer'],
    ],
    [
      'order',
      closed({ a: text, b: text }),
      closed({ b: text, a: text }),
      ['safe : has its keys in another order'],
    ],
    ['words', a(text), a({ ...text, description: 'x' }), ['safe a: is described otherwise']],
    [
      'an alternative gone',
      { anyOf: [a({ const: 'x' }), a({ const: 'y' })] },
      { anyOf: [a({ const: 'y' })] },
      ['safe : loses an alternative (an object)'],
    ],
    [
      'further keys',
      { type: 'object' },
      { type: 'object', additionalProperties: false },
      ['safe : has no further keys any more'],
    ],
  ])('%s', (_name, before, after, changes) => {
    expect(said(before, after)).toEqual(changes);
  });

  test.each<[string, JsonValue, JsonValue]>([
    [
      'a reference in place of what it names',
      a(text),
      { ...a({ $ref: '#/$defs/d' }), $defs: { d: text } },
    ],
    [
      'a union in place of a list of types',
      a({ type: ['string', 'null'] }),
      a({ anyOf: [text, { type: 'null' }] }),
    ],
    [
      'constants in place of a list',
      a({ enum: ['x', 'y'] }),
      a({ anyOf: [{ const: 'y' }, { const: 'x' }] }),
    ],
    [
      'alternatives in another order',
      { anyOf: [a({ const: 'x' }), closed({ b: text })] },
      { anyOf: [closed({ b: text }), a({ const: 'x' })] },
    ],
    ['an alternative that was there twice', { anyOf: [a(text), a(text)] }, a(text)],
    [
      'the same bounds of integers',
      a({ type: 'integer', minimum: 0, maximum: 9 }),
      a({ type: 'integer', exclusiveMinimum: -1, exclusiveMaximum: 9.5 }),
    ],
    ['titles and layout', { title: 'A', ...a(text) }, { ...a(text), title: 'B' }],
    ['recursion', closed({ a: { $ref: '#' } }), closed({ a: { $ref: '#' } })],
  ])('no change: %s', (_name, before, after) => {
    expect(said(before, after)).toEqual([]);
  });
});

test('one more alternative is no change of the others', () => {
  const list = (type: string) => ({ type: 'array', items: { type } });
  const none = { type: 'null' };
  expect(
    said(
      a({ anyOf: [list('string'), none] }),
      a({ anyOf: [list('integer'), list('string'), none] }),
    ),
  ).toEqual(['breaking a: can be another array now']);
  // What could come before in another alternative is nothing new.
  const wide = { type: 'array', items: { type: ['string', 'null'] } };
  expect(said(a({ anyOf: [wide, none] }), a({ anyOf: [wide, list('string'), none] }))).toEqual([]);
});

test('each change names its place in both texts', () => {
  const [gone, added] = compareSchemas(
    closed({ list: { type: 'array', items: closed({ 'x/y': text }) } }),
    closed({ list: { type: 'array', items: closed({ z: text }) } }),
  );
  expect(gone).toMatchObject({
    path: 'list[]["x/y"]',
    before: '/properties/list/items/properties/x~1y',
  });
  expect(added).toMatchObject({ path: 'list[].z', after: '/properties/list/items/properties/z' });
});

test('open objects are compared to their end', () => {
  const open = (more: JsonObject) => ({ type: 'object', properties: { a: text, ...more } });
  expect(said(open({}), open({}))).toEqual([]);
  expect(said(open({ b: text }), open({}))).toEqual([
    'breaking b: is gone, and anything may have its name',
  ]);
});

test('unions that refer to themselves come to an end', () => {
  const self = { $defs: { d: { anyOf: [{ $ref: '#/$defs/d' }, { $ref: '#/$defs/d' }, text] } } };
  expect(
    said({ ...a({ $ref: '#/$defs/d' }), ...self }, { ...a({ $ref: '#/$defs/d' }), ...self }),
  ).toEqual([]);
});

test.each(['anyOf', 'oneOf'])(
  '%s of many ways to the same place costs what the places cost',
  (key) => {
    const levels = 60;
    const $defs: JsonObject = { [`d${levels}`]: { enum: ['x'] } };
    for (let level = 0; level < levels; level++) {
      const next = { $ref: `#/$defs/d${level + 1}` };
      $defs[`d${level}`] = { [key]: [next, next] };
    }
    const before = { ...a({ $ref: '#/$defs/d0' }), $defs };
    const after = { ...before, $defs: { ...$defs, [`d${levels}`]: { enum: ['x', 'y'] } } };
    expect(said(before, before)).toEqual([]);
    expect(said(before, after)).toEqual([
      // No value is of one of two that are the same: that is not looked into.
      key === 'anyOf' ? 'breaking a: can also be "y"' : 'breaking a: oneOf is another',
    ]);
  },
);

test('where all is safe, what the new version allows the version before allows, keys aside', async () => {
  const counts = { safe: 0, breaking: 0, instances: 0 };
  const bases = fc.oneof(anySchema, fc.constantFrom(...realSchemas().map(({ schema }) => schema)));
  await fc.assert(
    fc.asyncProperty(
      bases,
      fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      async (before, seeds) => {
        const after = seeds.reduce(mutated, before);
        const changes = compareSchemas(before, after);
        if (changes.some(({ verdict }) => verdict === 'breaking')) {
          counts.breaking++;
          return;
        }
        counts.safe++;
        let judges;
        try {
          judges = [judgeOf(after), judgeOf(opened(before) as JsonObject)] as const;
        } catch {
          return; // Ajv can't use it.
        }
        const values = await instancesOf(after, 3).catch((): JsonValue[] => []);
        for (let seed = 0; seed < 10; seed++) values.push(valueFor(after, seed));
        for (const value of values) {
          if (!holds(judges[0], value)) continue;
          counts.instances++;
          if (!holds(judges[1], value))
            expect.fail(
              `${JSON.stringify(value)} of ${JSON.stringify(after)} is none of ${JSON.stringify(before)}`,
            );
        }
      },
    ),
    { numRuns: 250 },
  );
  // Both are common, or nothing would be shown.
  expect(counts.safe).toBeGreaterThan(25);
  expect(counts.breaking).toBeGreaterThan(25);
  expect(counts.instances).toBeGreaterThan(200);
});

/** Ajv recurses for ever, or makes code that does not run, of some schemas. */
function holds(judge: ReturnType<typeof judgeOf>, value: JsonValue): boolean {
  try {
    return judge(value);
  } catch {
    return false;
  }
}
