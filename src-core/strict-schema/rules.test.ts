import { expect, test } from 'vitest';
import type { JsonValue } from '../json.ts';
import { fixOne } from './fixing.ts';
import { lintSchema } from './lint.ts';
import { jsonModeFinding, nameFinding } from './request-checks.ts';
import { type RuleId, RULES } from './rules.ts';
import type { Target } from './targets.ts';
import { withEdits } from './tree-text.ts';

interface Case {
  rule: RuleId;
  /** What is right by the rule. */
  good: JsonValue[];
  /** What breaks it, and what its first quick fix makes of it; null where it has none. */
  bad: [schema: JsonValue, fixed: JsonValue | null][];
  target?: Target;
}

const text = { type: 'string' };
/** An object by the rules around some properties. */
const object = (
  properties: { [name: string]: JsonValue },
  more: { [key: string]: JsonValue } = {},
) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const inA = (schema: JsonValue, more?: { [key: string]: JsonValue }) => object({ a: schema }, more);
const many = (count: number, prefix = 'p') =>
  Array.from({ length: count }, (_, at) => `${prefix}${at}`);
const nested = (depth: number): JsonValue => (depth === 1 ? object({}) : inA(nested(depth - 1)));
const named = (names: string[]) => object(Object.fromEntries(names.map((name) => [name, text])));

const CASES: Case[] = [
  {
    rule: 'S01',
    good: [object({})],
    bad: [
      [{ type: 'array', items: text }, object({ result: { type: 'array', items: text } })],
      [text, object({ result: text })],
      [
        { $ref: '#/$defs/x', $defs: { x: text } },
        { ...object({ result: { $ref: '#/$defs/x' } }), $defs: { x: text } },
      ],
      // What refers to the root has to go on to mean what was the root.
      [
        { type: 'array', items: { $ref: '#' } },
        {
          ...object({ result: { $ref: '#/$defs/result' } }),
          $defs: { result: { type: 'array', items: { $ref: '#/$defs/result' } } },
        },
      ],
      [{ properties: { a: text } }, { type: 'object', properties: { a: text } }],
      [true, null],
    ],
  },
  {
    rule: 'S02',
    good: [inA({ anyOf: [text, { type: 'null' }] })],
    bad: [
      [
        { anyOf: [object({}), object({ a: text })] },
        object({ result: { anyOf: [object({}), object({ a: text })] } }),
      ],
      [{ anyOf: [object({ a: text })] }, object({ a: text })],
    ],
  },
  {
    rule: 'S03',
    good: [inA(text), object({})],
    bad: [
      [inA(text, { required: [] }), inA({ type: ['string', 'null'] })],
      [inA({ $ref: '#' }, { required: [] }), inA({ anyOf: [{ $ref: '#' }, { type: 'null' }] })],
      [
        inA({ type: 'string', enum: ['x'] }, { required: [] }),
        inA({ type: ['string', 'null'], enum: ['x', null] }),
      ],
      [
        inA({ const: 1, description: 'one' }, { required: [] }),
        inA({ description: 'one', anyOf: [{ const: 1 }, { type: 'null' }] }),
      ],
      [
        inA({ anyOf: [text, { type: 'number' }] }, { required: [] }),
        inA({ anyOf: [text, { type: 'number' }, { type: 'null' }] }),
      ],
      [inA({ type: ['string', 'null'] }, { required: [] }), inA({ type: ['string', 'null'] })],
    ],
  },
  {
    rule: 'S04',
    good: [inA(text)],
    bad: [[inA(text, { required: ['a', 'b'] }), inA(text)]],
  },
  {
    rule: 'S05',
    good: [object({}), inA({ type: 'array', items: object({}) })],
    bad: [
      [{ type: 'object', properties: {}, required: [] }, object({})],
      [object({}, { additionalProperties: true }), object({})],
      [
        inA({ type: 'object', additionalProperties: { type: 'number' } }),
        inA({ type: 'array', items: object({ key: text, value: { type: 'number' } }) }),
      ],
      [inA(text, { additionalProperties: text }), inA(text)],
    ],
  },
  {
    rule: 'S06',
    good: [
      inA(text),
      inA({ enum: ['x'] }),
      inA({ const: 1 }),
      inA({ anyOf: [text] }),
      inA({ $ref: '#' }),
    ],
    bad: [
      [inA({}), null],
      [inA({ description: 'anything' }), null],
      [inA(true), null],
      [inA({ items: text }), inA({ type: 'array', items: text })],
      [inA({ minimum: 1 }), inA({ type: 'number', minimum: 1 })],
    ],
  },
  {
    rule: 'S07',
    good: [inA({ type: 'array', items: text })],
    bad: [
      [inA({ type: 'array' }), null],
      [
        inA({ type: 'array', prefixItems: [text, { type: 'number' }] }),
        inA({
          type: 'array',
          description: 'The first items are, in order: [{"type":"string"},{"type":"number"}].',
          items: { anyOf: [text, { type: 'number' }] },
        }),
      ],
    ],
  },
  {
    rule: 'S08',
    good: [inA({ anyOf: [text, { type: 'null' }] })],
    bad: [
      [
        inA({
          allOf: [
            { type: 'object', properties: { b: text }, required: ['b'] },
            { type: 'object', properties: { c: text } },
          ],
        }),
        inA({ type: 'object', properties: { b: text, c: text }, required: ['b'] }),
      ],
      [
        inA({ allOf: [{ $ref: '#/$defs/x' }] }, { $defs: { x: text } }),
        inA({ $ref: '#/$defs/x' }, { $defs: { x: text } }),
      ],
      [inA({ allOf: [{ type: 'string' }, { type: 'number' }] }), null],
      [inA({ type: 'string', not: { const: 'x' } }), null],
      [object({}, { dependentRequired: {} }), null],
      [object({}, { dependentSchemas: {} }), null],
      [object({}, { if: {} }), null],
    ],
  },
  {
    rule: 'S09',
    good: [inA({ anyOf: [text] })],
    bad: [
      [inA({ oneOf: [text] }), inA({ anyOf: [text] })],
      [inA({ oneOf: [text], anyOf: [text] }), null],
    ],
  },
  {
    rule: 'S10',
    good: [inA({ type: 'array', items: text, minItems: 1, maxItems: 2 })],
    bad: [
      [
        inA({ type: 'array', items: text, uniqueItems: true }),
        inA({ type: 'array', items: text, description: 'No two items are equal.' }),
      ],
      [object({}, { minProperties: 1 }), object({}, { description: 'At least 1 keys.' })],
      ...['patternProperties', 'propertyNames', 'unevaluatedProperties', 'maxProperties'].map(
        (key): [JsonValue, JsonValue] => [
          object({}, { [key]: 7, description: 'Said' }),
          object(
            {},
            { description: key === 'maxProperties' ? 'Said. At most 7 keys.' : `Said. ${key}: 7.` },
          ),
        ],
      ),
      ...['unevaluatedItems', 'contains', 'minContains', 'maxContains'].map(
        (key): [JsonValue, JsonValue] => [
          inA({ type: 'array', items: text, [key]: 7 }),
          inA({ type: 'array', items: text, description: `${key}: 7.` }),
        ],
      ),
    ],
  },
  {
    rule: 'S11',
    good: [inA({ type: 'string', pattern: '^a' })],
    bad: [
      [
        inA({ type: 'string', minLength: 2 }),
        inA({ type: 'string', description: 'At least 2 characters.' }),
      ],
      [
        inA({ type: 'string', maxLength: 2, description: 'A code.' }),
        inA({ type: 'string', description: 'A code. At most 2 characters.' }),
      ],
    ],
  },
  {
    rule: 'S12',
    good: [
      'date-time',
      'time',
      'date',
      'duration',
      'email',
      'hostname',
      'ipv4',
      'ipv6',
      'uuid',
    ].map((format) => inA({ type: 'string', format })),
    bad: [
      [
        inA({ type: 'string', format: 'uri' }),
        inA({ type: 'string', description: 'Has the format uri.' }),
      ],
    ],
  },
  {
    rule: 'S14',
    target: 'openai-fine-tuned',
    good: [inA({ type: 'number', exclusiveMinimum: 1 })],
    bad: [
      'minLength',
      'maxLength',
      'pattern',
      'format',
      'minimum',
      'maximum',
      'multipleOf',
      'patternProperties',
      'minItems',
      'maxItems',
    ].map((key) => [
      inA({ ...text, [key]: 3, description: '.' }),
      inA({ ...text, description: expect.stringContaining('3') }),
    ]),
  },
  { rule: 'S15', good: [named(many(5000))], bad: [[named(many(5001)), null]] },
  { rule: 'S15', target: 'azure', good: [named(many(100))], bad: [[named(many(101)), null]] },
  { rule: 'S16', good: [nested(10)], bad: [[nested(11), null]] },
  { rule: 'S16', target: 'azure', good: [nested(5)], bad: [[nested(6), null]] },
  {
    rule: 'S17',
    // 'a', 'b', the name of the definition, its constant, and what is left for the enum.
    good: [
      object(
        { a: { enum: ['x'.repeat(119_991)] }, b: text },
        { $defs: { de: { const: '12345' } } },
      ),
    ],
    bad: [
      [
        object(
          { a: { enum: ['x'.repeat(119_992)] }, b: text },
          { $defs: { de: { const: '12345' } } },
        ),
        null,
      ],
    ],
  },
  {
    rule: 'S18',
    good: [object({ a: { enum: many(500) }, b: { enum: many(500) } })],
    bad: [[object({ a: { enum: many(500) }, b: { enum: many(501) } }), null]],
  },
  {
    rule: 'S19',
    good: [
      inA({ enum: many(250, 'x'.repeat(100)) }),
      inA({ enum: Array.from({ length: 300 }, (_, at) => String(at).padStart(50)) }),
    ],
    bad: [[inA({ enum: Array.from({ length: 300 }, (_, at) => String(at).padStart(51)) }), null]],
  },
  {
    rule: 'S20',
    good: [
      inA({ $ref: '#' }),
      inA({ $ref: '#/$defs/x' }, { $defs: { x: text } }),
      // Cycles end.
      inA({ $ref: '#/$defs/x' }, { $defs: { x: { $ref: '#/$defs/x' } } }),
    ],
    bad: [
      [inA({ $ref: '#/$defs/x' }), null],
      [
        object({ a: text, b: { $ref: '#/properties/a' } }),
        object({ a: { $ref: '#/$defs/a' }, b: { $ref: '#/$defs/a' } }, { $defs: { a: text } }),
      ],
      [
        inA(object({ b: { $ref: '#/properties/a/$defs/x' } }, { $defs: { x: text } })),
        inA(object({ b: { $ref: '#/$defs/x' } }, { $defs: { x: { $ref: '#/$defs/x' } } }), {
          $defs: { x: text },
        }),
      ],
    ],
  },
  {
    rule: 'S21',
    good: [inA({ $ref: '#' })],
    bad: [
      [
        inA({ $ref: '#/$defs/x', description: 'This x' }, { $defs: { x: text } }),
        inA({ type: 'string', description: 'This x' }, { $defs: { x: text } }),
      ],
      // A definition that refers to itself can't take the place of a reference to it.
      [inA({ $ref: '#', description: 'Self' }), inA({ $ref: '#' })],
    ],
  },
  {
    rule: 'S23',
    good: [inA({ $ref: '#' })],
    bad: [
      [inA({ $ref: 'https://example.com/x.json' }), null],
      [inA({ $ref: '#anchor' }), null],
      [inA({ type: 'string', $anchor: 'here' }), null],
      [inA({ $dynamicRef: '#here' }), null],
    ],
  },
  {
    rule: 'S24',
    good: [inA(text)],
    bad: [[inA({ ...text, default: 'x' }), inA({ ...text, description: 'By default x.' })]],
  },
  {
    rule: 'S25',
    good: [
      inA({ anyOf: [object({ b: text }), object({ c: text })] }),
      inA({ anyOf: [object({ k: { const: 'b' } }), object({ k: { const: 'c' } })] }),
    ],
    bad: [
      [inA({ anyOf: [object({ b: text, c: text }), object({ b: text, d: text })] }), null],
      [
        inA({
          anyOf: [object({ b: text, k: { const: 1 } }), object({ b: text, k: { const: 2 } })],
        }),
        inA({
          anyOf: [
            { ...object({ k: { const: 1 }, b: text }), required: ['b', 'k'] },
            { ...object({ k: { const: 2 }, b: text }), required: ['b', 'k'] },
          ],
        }),
      ],
    ],
  },
  { rule: 'S27', good: [inA(text)], bad: [[object({ a: text, b: text }), null]] },
  { rule: 'S28', good: [], bad: [[object({}), null]] },
  {
    rule: 'S30',
    good: [object({}, { description: 'Nothing' })],
    bad: [
      [object({}, { title: 'T' }), object({})],
      [object({}, { $schema: 'https://json-schema.org/draft/2020-12/schema' }), object({})],
      [inA({ ...text, examples: ['x'] }), inA(text)],
    ],
  },
];

const findingsOf = (schema: JsonValue, rule: RuleId, target: Target = 'openai') =>
  lintSchema(JSON.stringify(schema), { target }).findings.filter((one) => one.rule === rule);

for (const { rule, good, bad, target = 'openai' } of CASES) {
  test(`${rule}: ${RULES[rule].title} (${target})`, () => {
    for (const schema of good) expect(findingsOf(schema, rule, target)).toEqual([]);
    for (const [schema, fixed] of bad) {
      const source = JSON.stringify(schema);
      const [finding, ...more] = findingsOf(schema, rule, target);
      expect(finding, source).toMatchObject({ severity: RULES[rule].severity });
      expect(more).toEqual([]);
      expect(source.slice(finding!.start, finding!.end)).not.toBe('');
      const isNote = RULES[rule].severity === 'note';
      if (fixed === null) expect([finding!.fixes, finding!.byHand === null]).toEqual([[], isNote]);
      else {
        const { start, end } = finding!;
        const edits = fixOne(source, { target }, { rule, start, end, fix: 0 });
        const after = JSON.parse(withEdits(source, edits)) as JsonValue;
        expect(after).toEqual(fixed);
        expect(findingsOf(after, rule, target)).toEqual([]);
      }
    }
  });
}

test('S13 and S22: what is supported is no finding', () => {
  const schema = object({
    a: { type: 'string', pattern: '^x' },
    b: {
      type: 'number',
      multipleOf: 2,
      minimum: 1,
      maximum: 9,
      exclusiveMinimum: 0,
      exclusiveMaximum: 10,
    },
    c: { type: 'array', items: { $ref: '#/$defs/n' }, minItems: 1, maxItems: 2 },
  });
  const whole = {
    ...schema,
    $defs: { n: object({ z: { anyOf: [{ $ref: '#' }, { $ref: '#/$defs/n' }] } }) },
  };
  const { findings } = lintSchema(JSON.stringify(whole), { target: 'openai' });
  expect(findings.map(({ rule }) => rule)).toEqual(['S28', 'S27']);
});

test('S26: names', () => {
  for (const name of ['a', 'A_b-9', 'x'.repeat(64)]) expect(nameFinding(name)).toBeNull();
  expect(nameFinding('my schema!')).toMatchObject({ rule: 'S26', fixed: 'my_schema_' });
  expect(nameFinding('x'.repeat(65))).toMatchObject({ fixed: 'x'.repeat(64) });
  expect(nameFinding('')).toMatchObject({ fixed: null });
});

test('S29: JSON mode without the word', () => {
  const text = { format: { type: 'json_object' } };
  expect(jsonModeFinding({ text, input: 'Give me a person' })).toMatchObject({ rule: 'S29' });
  expect(jsonModeFinding({ text, input: [{ role: 'user', content: 'As JSON' }] })).toBeNull();
  expect(jsonModeFinding({ text: { format: { type: 'text' } }, input: 'x' })).toBeNull();
});

test('plain JSON Schema only has references that lead somewhere', () => {
  const schema = { anyOf: [{ title: 'x' }, { $ref: '#/anyOf/0' }, { $ref: '#/nowhere' }] };
  const { findings, meters } = lintSchema(JSON.stringify(schema), { target: 'json-schema' });
  expect(findings.map(({ rule, pointer }) => [rule, pointer])).toEqual([['S20', '/anyOf/2']]);
  expect(meters).toEqual([]);
});

test('a finding says where, by name, and what the server would say', () => {
  const schema = inA({ type: 'array', items: { type: 'object', properties: { b: text } } });
  const source = JSON.stringify(schema);
  const [missing, open] = lintSchema(source, { target: 'openai', name: 'order' })
    .findings.reverse()
    .filter(({ severity }) => severity === 'error')
    .sort((one, other) => one.rule.localeCompare(other.rule));
  expect(missing).toMatchObject({
    rule: 'S03',
    pointer: '/properties/a/items',
    message: '`a[].b` is not required; strict mode needs every property.',
    server:
      "Invalid schema for response_format 'order': In context=('properties', 'a', 'items'), 'required' is required to be supplied and to be an array including every key in properties. Missing 'b'.",
  });
  expect(source.slice(missing!.start, missing!.end)).toBe('"b"');
  expect(open).toMatchObject({ rule: 'S05', message: expect.stringContaining('`a[]`') });
  expect(source.slice(open!.start, open!.end)).toBe('"items"');
});

test('meters count properties, depth, characters and enum values', () => {
  const schema = object({ ab: { enum: ['x', 'yz'] }, c: inA(text) });
  const { meters } = lintSchema(JSON.stringify(schema), { target: 'openai' });
  expect(meters).toEqual([
    { measure: 'properties', used: 3, limit: 5000 },
    { measure: 'depth', used: 2, limit: 10 },
    { measure: 'characters', used: 7, limit: 120_000 },
    { measure: 'enumValues', used: 2, limit: 1000 },
  ]);
});

test('a text that is no JSON has a fault and no findings', () => {
  expect(lintSchema('{"a": ', { target: 'openai' })).toMatchObject({
    findings: [],
    fault: { line: 1 },
  });
});
