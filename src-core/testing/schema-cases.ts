/** Schemas for each rule, written by hand from the rule's text in the table of strict mode. */
import type { JsonValue } from '../json.ts';
import type { RuleId } from '../strict-schema/rules.ts';
import type { Target } from '../strict-schema/targets.ts';

export interface Case {
  rule: RuleId;
  /** What is right by the rule. */
  good: JsonValue[];
  /** What breaks it, and what its first quick fix makes of it; null where it has none. */
  bad: [schema: JsonValue, fixed: JsonValue | null][];
  target?: Target;
}

export const text = { type: 'string' };
/** An object by the rules around some properties. */
export const object = (
  properties: { [name: string]: JsonValue },
  more: { [key: string]: JsonValue } = {},
) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
export const inA = (schema: JsonValue, more?: { [key: string]: JsonValue }) =>
  object({ a: schema }, more);
const many = (count: number, prefix = 'p') =>
  Array.from({ length: count }, (_, at) => `${prefix}${at}`);
const nested = (depth: number): JsonValue => (depth === 1 ? object({}) : inA(nested(depth - 1)));
const named = (names: string[]) => object(Object.fromEntries(names.map((name) => [name, text])));

export const CASES: Case[] = [
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
      [object({}, { additionalProperties: true }), null],
      [inA({ type: 'object' }), null],
      [
        inA({ type: 'object', additionalProperties: { type: 'number' } }),
        inA({ type: 'array', items: object({ key: text, value: { type: 'number' } }) }),
      ],
      [inA(text, { additionalProperties: true }), inA(text)],
      [
        inA(text, { additionalProperties: text }),
        inA(text, { description: 'Values of other keys fit the schema {"type":"string"}.' }),
      ],
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
      [
        inA({ default: null, examples: [1, 2.5] }),
        inA({ type: 'number', default: null, examples: [1, 2.5] }),
      ],
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
      [
        inA({ type: 'array', prefixItems: [null, text] }),
        inA({
          type: 'array',
          description: 'The first items are, in order: [null,{"type":"string"}].',
          items: text,
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
      [
        inA({
          type: ['string', 'number', 'null'],
          maximum: 9,
          allOf: [
            { type: ['integer', 'string'], minimum: 1, maximum: 7 },
            { type: 'number', minimum: 0, enum: [1, 2, 3] },
            { enum: [3, 4, 1] },
          ],
        }),
        inA({ type: 'integer', maximum: 7, minimum: 1, enum: [1, 3] }),
      ],
      [
        inA({
          allOf: [
            { type: 'object', properties: { b: { type: 'string', description: 'One.' } } },
            { type: 'object', properties: { b: { minLength: 2, description: 'Two.' } } },
          ],
        }),
        inA({
          type: 'object',
          properties: { b: { type: 'string', description: 'One. Two.', minLength: 2 } },
        }),
      ],
      [inA({ allOf: [{ type: 'string' }, { type: 'number' }] }), null],
      [inA({ allOf: [{ pattern: 'a' }, { pattern: 'b' }] }), null],
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
      [object({}, { minProperties: 1 }), object({}, { description: 'At least 1 key.' })],
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
    bad: (
      [
        ['minLength', 'At least 3 characters.'],
        ['maxLength', 'At most 3 characters.'],
        ['pattern', 'Matches the regular expression 3 .'],
        ['format', 'Has the format 3.'],
        ['minimum', 'At least 3.'],
        ['maximum', 'At most 3.'],
        ['multipleOf', 'A multiple of 3.'],
        ['patternProperties', 'patternProperties: 3.'],
        ['minItems', 'At least 3 items.'],
        ['maxItems', 'At most 3 items.'],
      ] as const
    ).map(([key, said]) => [inA({ ...text, [key]: 3 }), inA({ ...text, description: said })]),
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
      [inA({ $dynamicRef: '#here' }), null],
      [inA({ type: 'string', $anchor: 'here' }), inA(text)],
      [inA({ $recursiveRef: '#' }), inA({ $ref: '#' })],
      [inA(text, { $id: 'https://x.org/a' }), inA(text)],
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
