import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject, type JsonObject, type JsonValue } from '../../src-core/json.ts';
import { fixAll } from '../../src-core/strict-schema/fixing.ts';
import { withEdits } from '../../src-core/strict-schema/tree-text.ts';
import { lintSchema } from '../../src-core/strict-schema/lint.ts';
import { CASES, inA, object, text } from '../../src-core/testing/schema-cases.ts';
import { anySchema } from '../../src-core/testing/schemas.ts';
import { Refusal } from '../refusal.ts';
import { instanceOf } from './instance.ts';
import { violationOf } from './violation.ts';

const STRICT = { target: 'openai' } as const;
const list = (items: JsonValue, more: JsonObject = {}) => ({ type: 'array', items, ...more });
const nullable = (schema: JsonValue) => ({ anyOf: [schema, { type: 'null' }] });

/** What strict mode supports, keyword by keyword (protocol: S12, S13, S22). */
const SUPPORTED: Record<string, JsonObject> = {
  'limits of numbers': object({
    a: { type: 'integer', minimum: 1, maximum: 3 },
    b: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
    c: { type: 'integer', multipleOf: 7, minimum: 100, maximum: 120 },
    d: { type: 'number', multipleOf: 0.25, minimum: -2, maximum: 2 },
    e: { type: 'integer', minimum: 1e9 },
  }),
  patterns: object({
    a: { type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' },
    b: { type: 'string', pattern: '^(?:red|green)( light)?$' },
    c: { type: 'string', pattern: '^\\+?[1-9]\\d{6,14}$' },
  }),
  formats: object(
    Object.fromEntries(
      ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'].map(
        (format) => [format, { type: 'string', format }],
      ),
    ),
  ),
  lists: object({
    a: list(text, { minItems: 4 }),
    b: list({ type: 'integer' }, { maxItems: 0 }),
    c: list(list({ type: 'boolean' }, { minItems: 2, maxItems: 2 })),
  }),
  'words and constants': object({
    a: { type: 'string', enum: ['low', 'high'] },
    b: { const: 7 },
    c: { type: ['string', 'null'], enum: ['x', null] },
  }),
  unions: object({
    a: {
      anyOf: [
        object({ kind: { const: 'circle' }, radius: { type: 'number' } }),
        object({ kind: { const: 'square' }, side: { type: 'number' } }),
      ],
    },
    b: nullable({ type: 'integer' }),
    c: { type: ['integer', 'string', 'null'] },
  }),
  'recursion by the root': object({ value: text, next: nullable({ $ref: '#' }) }),
  'recursion by a definition': object(
    { tree: { $ref: '#/$defs/node' } },
    {
      $defs: {
        node: object({ label: text, children: list({ $ref: '#/$defs/node' }) }),
      },
    },
  ),
  'recursion by two definitions, one of them only in a union': object(
    { sum: { $ref: '#/$defs/expression' } },
    {
      $defs: {
        expression: { anyOf: [{ $ref: '#/$defs/pair' }, { $ref: '#/$defs/leaf' }] },
        pair: object({
          op: { enum: ['+', '-'] },
          left: { $ref: '#/$defs/expression' },
          right: { $ref: '#/$defs/expression' },
        }),
        leaf: object({ number: { type: 'number' } }),
      },
    },
  ),
  'keys that need escapes': object({ 'a/b': text, 'm~n': { type: 'integer' }, 'é "x"': text }),
};

const CASE_SCHEMAS = CASES.flatMap(({ good, bad }) => [
  ...good,
  ...bad.map(([, fixed]) => fixed),
]).filter((schema): schema is JsonObject => isObject(schema));
/** Of the table some refer to themselves without an end, and one is not even a schema. */
const isEndless = (schema: JsonObject) =>
  /^\{"type":"object","properties":\{"a":\{"\$ref":"#(?:\/\$defs\/x)?"\}\}/.test(
    JSON.stringify(schema),
  );
const SCHEMAS: [string, JsonObject][] = [
  ...Object.entries(SUPPORTED),
  ...CASE_SCHEMAS.filter((schema) => !isEndless(schema)).map((schema): [string, JsonObject] => [
    JSON.stringify(schema).slice(0, 80),
    schema,
  ]),
];

/** Judged apart from the code under test. */
function judgeOf(schema: JsonValue) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  formats.default(ajv);
  return ajv.compile(schema as object);
}

describe('an instance is valid, and a planned violation is wrong at one place', () => {
  test.each(SCHEMAS)('%s', (_name, schema) => {
    const validate = judgeOf(schema);
    const source = JSON.stringify(schema);
    for (const seed of [0, 1, 2, 3, 4, 99]) {
      const instance = instanceOf(source, seed);
      const isValid = validate(JSON.parse(instance));
      expect(isValid, `${instance} ${JSON.stringify(validate.errors)}`).toBe(true);
      expect(instanceOf(source, seed)).toBe(instance);
      let violation;
      try {
        violation = violationOf(source, instance, seed);
      } catch (error) {
        if (error instanceof Refusal && error.code === 'no-violation') continue;
        throw error;
      }
      const { text: wrong, pointer } = violation;
      expect(violationOf(source, instance, seed)).toEqual(violation);
      expect(validate(JSON.parse(wrong))).toBe(false);
      const places = validate.errors!.map(({ instancePath }) => instancePath);
      expect(places).toContain(pointer);
      for (const place of places) expect(pointer.startsWith(place)).toBe(true);
    }
  });
});

test('schemas that strict mode supports can all be broken at a value', () => {
  for (const [name, schema] of Object.entries(SUPPORTED)) {
    const source = JSON.stringify(schema);
    const { pointer } = violationOf(source, instanceOf(source, 1), 1);
    expect(pointer, name).not.toBe('');
  }
});

test('keys stand in the order of the schema', () => {
  const instance = instanceOf(
    JSON.stringify(object({ zeta: text, alpha: text, mid: object({ y: text, x: text }) })),
    3,
  );
  expect([...instance.matchAll(/"(zeta|alpha|mid|y|x)":/g)].map(([, key]) => key)).toEqual([
    'zeta',
    'alpha',
    'mid',
    'y',
    'x',
  ]);
});

test('other seeds make other instances', () => {
  const source = JSON.stringify(SUPPORTED.formats);
  const made = new Set(Array.from({ length: 10 }, (_, seed) => instanceOf(source, seed)));
  expect(made.size).toBe(10);
});

test('whatever Fix all leaves without errors has instances', () => {
  let made = 0;
  fc.assert(
    fc.property(anySchema, fc.nat(1000), (schema, seed) => {
      const source = JSON.stringify(schema);
      const fixed = withEdits(source, fixAll(source, STRICT).edits);
      const isStrict = lintSchema(fixed, STRICT).findings.every(
        ({ severity }) => severity !== 'error',
      );
      if (!isStrict) return;
      try {
        const instance = instanceOf(fixed, seed);
        expect(judgeOf(JSON.parse(fixed))(JSON.parse(instance))).toBe(true);
        made++;
      } catch (error) {
        // Limits may contradict each other, and recursion need not end: then it says so.
        if (!(error instanceof Refusal)) throw error;
        expect(['no-instance', 'schema-unusable', 'schema-slow']).toContain(error.code);
        expect(error.message.length).toBeGreaterThan(50);
      }
    }),
    { numRuns: 400 },
  );
  expect(made).toBeGreaterThan(10);
});

test('what has no instance says why', () => {
  const refusal = (schema: JsonValue) => {
    try {
      return instanceOf(JSON.stringify(schema), 1);
    } catch (error) {
      return error instanceof Refusal ? error.message : error;
    }
  };
  expect(refusal(object({ next: { $ref: '#' } }))).toContain('recursion never ends');
  expect(refusal(inA({ type: 'integer', minimum: 2, maximum: 1 }))).toMatch(/No instance.*\/a /);
  expect(refusal(inA({ $ref: '#/$defs/x' }))).toContain('#/$defs/x');
});
