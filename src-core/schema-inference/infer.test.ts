import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { lintSchema } from '../strict-schema/lint.ts';
import { inferSchema } from './infer.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
formats.default(ajv);
const infer = (samples: JsonValue[], enums = true) =>
  inferSchema(samples.map((one) => JSON.stringify(one)).join('\n'), { enums, elements: false });
const schemaOf = (...samples: JsonValue[]) => JSON.parse(infer(samples).text) as JsonObject;
const propertiesOf = (...samples: JsonValue[]) => schemaOf(...samples).properties;

/** A value with null for each property that its schema has and it lacks, branch by branch. */
function filled(value: JsonValue, schema: JsonValue | undefined): JsonValue {
  if (!isObject(schema)) return value;
  if (Array.isArray(schema.anyOf)) {
    const fits = schema.anyOf.find((branch) => suits(value, branch as JsonObject));
    return filled(value, fits as JsonObject);
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, schema.items));
  if (!isObject(value)) return value;
  const { properties } = schema as { properties: JsonObject };
  const whole = Object.keys(properties).map((key) => [
    key,
    Object.hasOwn(value, key) ? filled(value[key]!, properties[key]) : null,
  ]);
  return Object.fromEntries(whole) as JsonObject;
}

function suits(value: JsonValue, { type, properties }: JsonObject): boolean {
  const own = Array.isArray(value) ? 'array' : isObject(value) ? 'object' : 'scalar';
  if (own === 'scalar') return type !== 'array' && type !== 'object' && takes(value, type);
  if (type !== own) return false;
  const told = isObject(properties)
    ? Object.entries(properties).find(([, one]) => isObject(one) && one.const !== undefined)
    : undefined;
  return !told || (value as JsonObject)[told[0]] === (told[1] as JsonObject).const;
}
const takes = (value: JsonValue, type: JsonValue | undefined): boolean => {
  if (Array.isArray(type)) return type.some((one) => takes(value, one));
  if (value === null) return type === 'null';
  return typeof value === type || (type === 'integer' && Number.isInteger(value));
};

const word = fc.constantFrom('a', 'b', 'type', 'x y', '10', '9', 'constructor', 'é/~');
const text = fc.oneof(
  fc.constantFrom('open', 'done', '', 'a@b.org', '2024-02-29', '2024-02-29T10:00:00Z'),
  fc.constantFrom('6ba7b810-9dad-11d1-80b4-00c04fd430c8', '1.2.3.4', 'P1D', '10:00:00Z'),
  fc.string({ maxLength: 5 }),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4 }),
    fc.record({ type: fc.constantFrom('x', 'y'), a: tie('value') }, { requiredKeys: ['type'] }),
  ),
}));
const samples = fc
  .array(value, { minLength: 1, maxLength: 6 })
  // -0 is no value of JSON.
  .map((list) => JSON.parse(JSON.stringify(list)) as JsonValue[]);

test('every example fits the schema made of all, which keeps to the rules', () => {
  fc.assert(
    fc.property(samples, fc.boolean(), (list, enums) => {
      const { text: made, isWrapped, count, fault } = infer(list, enums);
      expect([fault, count]).toEqual([null, list.length]);
      const schema = JSON.parse(made) as JsonObject;
      const validate = ajv.compile(schema);
      for (const one of list) {
        const whole = filled(isWrapped ? { result: one } : one, schema);
        expect(validate(whole), JSON.stringify(validate.errors)).toBe(true);
      }
      const { findings } = lintSchema(made, { target: 'openai' });
      expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('keys keep the order in which they come, numbers among them', () => {
  const { text: made } = inferSchema('{"b":1,"10":2,"a":3}\n{"b":1,"9":0}', { enums: false });
  expect(made.indexOf('"b"')).toBeLessThan(made.indexOf('"10"'));
  expect(made.indexOf('"10"')).toBeLessThan(made.indexOf('"a"'));
  expect(made).toContain('"required": ["b", "10", "a", "9"]');
  // Ajv knows no such property, so the property test has none.
  expect(inferSchema('{"__proto__":1}', { enums: false }).text).toContain(
    '"required": ["__proto__"]',
  );
});

test('what is missing in some is null there', () => {
  expect(propertiesOf({ a: 1, b: 'x' }, { a: 2 })).toEqual({
    a: { type: 'integer' },
    b: { type: ['string', 'null'] },
  });
  expect(infer([{ a: 1, b: 'x' }, { a: 2 }]).remarks).toEqual([
    { pointer: '/b', text: 'Missing in 1 of 2: may be null.' },
  ]);
});

test('integers, numbers and other kinds', () => {
  expect(propertiesOf({ a: 1, b: 1, c: 1, d: null })).toEqual({
    a: { type: 'integer' },
    b: { type: 'integer' },
    c: { type: 'integer' },
    d: { type: 'null', description: 'Type not known: null in all examples.' },
  });
  expect(propertiesOf({ a: 1, b: 1 }, { a: 1.5, b: 'x' })).toEqual({
    a: { type: 'number' },
    b: { type: ['string', 'integer'] },
  });
  expect(propertiesOf({ a: [1, { b: true }, null] })).toEqual({
    a: {
      type: 'array',
      items: {
        anyOf: [
          { type: 'integer' },
          {
            type: 'object',
            properties: { b: { type: 'boolean' } },
            required: ['b'],
            additionalProperties: false,
          },
          { type: 'null' },
        ],
      },
    },
  });
});

test('a format only where every example has it', () => {
  const one = { at: '2024-02-29T10:00:00Z', day: '2024-02-29', mail: 'a@b.org', not: '2024-02-29' };
  expect(propertiesOf(one, { ...one, not: '2023-02-29' })).toEqual({
    at: { type: 'string', format: 'date-time' },
    day: { type: 'string', format: 'date' },
    mail: { type: 'string', format: 'email' },
    not: { type: 'string' },
  });
});

test('few values that come again are an enum, if that is wanted', () => {
  const rows = ['open', 'done', 'open', 'open'].map((state) => ({ state }));
  expect(propertiesOf(...rows)).toEqual({ state: { type: 'string', enum: ['open', 'done'] } });
  expect(JSON.parse(infer(rows, false).text)).toMatchObject({
    properties: { state: { type: 'string' } },
  });
  expect(propertiesOf({ s: 'open' }, { s: 'done' })).toEqual({ s: { type: 'string' } });
});

test('arrays are merged over their elements, and empty ones are named', () => {
  expect(propertiesOf({ a: [{ x: 1 }], b: [] }, { a: [{ x: 2, y: 'z' }], b: [] })).toMatchObject({
    a: { items: { properties: { x: { type: 'integer' }, y: { type: ['string', 'null'] } } } },
    b: { type: 'array', items: { type: 'string' } },
  });
  expect(infer([{ b: [] }]).remarks[0]).toMatchObject({ pointer: '/b' });
});

test('objects of several kinds are a union that their first key tells apart', () => {
  const list = [
    { id: 1, type: 'text', text: 'x' },
    { id: 2, type: 'image', url: 'y' },
  ];
  expect(propertiesOf({ list })).toMatchObject({
    list: {
      items: {
        anyOf: [
          { properties: { type: { const: 'text' }, id: {}, text: {} } },
          { properties: { type: { const: 'image' }, id: {}, url: {} } },
        ],
      },
    },
  });
});

test('a root that is no object is wrapped; an array of objects is a list of examples', () => {
  expect(infer(['x'])).toMatchObject({ isWrapped: true });
  const list = '[{"a":1},{"a":2.5}]';
  expect(inferSchema(list, { enums: true })).toMatchObject({ elements: true, count: 2 });
  expect(inferSchema(list, { enums: true, elements: false })).toMatchObject({ isWrapped: true });
  expect(inferSchema('[1]', { enums: true })).toMatchObject({ elements: false, isWrapped: true });
});

test('several documents, JSON Lines, and where they go wrong', () => {
  expect(inferSchema('{"a":1}\n\n{\n "a": 2\n}', { enums: true }).count).toBe(2);
  expect(inferSchema('{"a":1}\n{"a":oops}\n', { enums: true })).toMatchObject({
    count: 1,
    fault: { line: 2, column: 6 },
  });
  expect(inferSchema('', { enums: true })).toMatchObject({
    text: '',
    fault: { line: 1, column: 1 },
  });
});
