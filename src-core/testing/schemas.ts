import fc from 'fast-check';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { valueAt } from '../schema-walk.ts';

/** Random JSON Schemas of what structured outputs use, and values that fit them more or less. */

const KEYS = ['a', 'b', 'name', 'é/~', '𝄞'];
const STRINGS = [
  '',
  'a',
  'ab',
  'abc',
  'b"\\',
  '𝄞x',
  '2024-02-29',
  '2023-02-29',
  '12:30:00Z',
  '1.2.3.4',
  'x@y.org',
  'P1D',
];
const NUMBERS = [0, 1, -1, 2, 3.5, 10, 1e21, 0.3, -0];
const FORMATS = [
  'date',
  'time',
  'date-time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
  'uri',
];
const PATTERNS = [
  '^a',
  'b$',
  '^[a-z]{1,3}$',
  '^(a+)+$',
  '(a|b)*c',
  '\\d',
  '^\\p{L}+$',
  '^(?:ab)*$',
];

const key = fc.constantFrom(...KEYS);
const scalar = fc.constantFrom<JsonValue>(...STRINGS, ...NUMBERS, true, false, null);
const anyValue: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) as fc.Arbitrary<JsonValue> },
  { weight: 1, arbitrary: fc.dictionary(key, scalar, { maxKeys: 2 }) as fc.Arbitrary<JsonValue> },
);
const type = fc.constantFrom('null', 'boolean', 'number', 'integer', 'string', 'array', 'object');
const small = fc.nat(3);
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });

/** Without what is undefined. */
function tidy(schema: Record<string, unknown>): JsonObject {
  return JSON.parse(JSON.stringify(schema)) as JsonObject;
}

const stringSchema = fc
  .record({
    type: fc.constantFrom('string', ['string', 'null']),
    minLength: some(small),
    maxLength: some(small),
    pattern: some(fc.constantFrom(...PATTERNS)),
    format: some(fc.constantFrom(...FORMATS)),
    enum: some(fc.uniqueArray(fc.constantFrom(...STRINGS), { minLength: 1, maxLength: 4 })),
  })
  .map(tidy);

const numberSchema = fc
  .record({
    type: fc.constantFrom('number', 'integer', ['integer', 'string']),
    minimum: some(fc.constantFrom(...NUMBERS)),
    maximum: some(fc.constantFrom(...NUMBERS)),
    exclusiveMinimum: some(fc.constantFrom(0, 1)),
    exclusiveMaximum: some(fc.constantFrom(2, 10)),
    multipleOf: some(fc.constantFrom(0.1, 1, 2, 3.5)),
  })
  .map(tidy);

const { schema } = fc.letrec<{
  schema: JsonValue;
  object: JsonValue;
  array: JsonValue;
  mixed: JsonValue;
}>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof(
      stringSchema,
      numberSchema,
      fc
        .oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 }))
        .map((one) => ({ type: one })),
      fc.constantFrom<JsonValue>(
        true,
        false,
        {},
        { type: 'string', title: 'T' },
        { $ref: '#' },
        { $ref: '#/$defs/d' },
      ),
      fc.constantFrom<JsonValue>({ contains: { type: 'null' } }, { $ref: '#/$defs/e' }),
      anyValue.map((value) => ({ const: value })),
      fc
        .uniqueArray(anyValue, {
          minLength: 1,
          maxLength: 4,
          selector: (one) => JSON.stringify(one === 0 ? 0 : one),
        })
        .map((list) => ({ enum: list })),
    ),
    tie('object'),
    tie('array'),
    tie('mixed'),
  ),
  object: fc
    .record({
      type: some(fc.constant('object')),
      properties: fc.dictionary(key, tie('schema'), { maxKeys: 4 }),
      required: some(fc.uniqueArray(key, { maxLength: 3 })),
      additionalProperties: some(fc.oneof(fc.constant(false), fc.constant(false), tie('schema'))),
      minProperties: some(small),
      maxProperties: some(small),
    })
    .map(tidy),
  array: fc
    .record({
      type: some(fc.constant('array')),
      items: some(tie('schema')),
      prefixItems: some(fc.array(tie('schema'), { minLength: 1, maxLength: 2 })),
      minItems: some(small),
      maxItems: some(small),
      uniqueItems: some(fc.constant(true)),
    })
    .map(tidy),
  mixed: fc
    .record({
      anyOf: some(fc.array(tie('schema'), { minLength: 1, maxLength: 3 })),
      oneOf: some(fc.array(tie('schema'), { minLength: 1, maxLength: 3 })),
      allOf: some(fc.array(tie('schema'), { minLength: 1, maxLength: 2 })),
      not: some(tie('schema')),
      if: some(tie('schema')),
      then: some(tie('schema')),
      else: some(tie('schema')),
      type: some(type),
    })
    .map(tidy),
}));

/** A schema whose references may lead back to its root. */
export const anySchema: fc.Arbitrary<JsonObject> = fc
  .tuple(fc.oneof(schema, schema, schema), schema, schema)
  .map(([root, d, e]) => tidy({ ...(isObject(root) ? root : { allOf: [root] }), $defs: { d, e } }));

/** Numbers between 0 and 1 that are the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A value that follows a schema where that is simple; no promise that it is valid. */
export function valueFor(root: JsonObject, seed: number): JsonValue {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const free = (depth: number): JsonValue =>
    depth > 3 || random() < 0.6
      ? pick<JsonValue>([...STRINGS, ...NUMBERS, true, false, null])
      : random() < 0.5
        ? Array.from({ length: Math.floor(random() * 3) }, () => free(depth + 1))
        : Object.fromEntries(
            KEYS.filter(() => random() < 0.3).map((name) => [name, free(depth + 1)]),
          );
  const follow = (at: JsonValue | undefined, depth: number): JsonValue => {
    if (!isObject(at) || depth > 6 || random() < 0.04) return free(depth);
    const list = (value: JsonValue | undefined) => (Array.isArray(value) ? value : null);
    if (at.const !== undefined) return at.const;
    if (list(at.enum)) return pick(list(at.enum)!);
    if (at.$ref === '#') return follow(root, depth + 1);
    if (typeof at.$ref === 'string') return follow(valueAt(root, at.$ref.slice(1)), depth + 1);
    for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
      const plans = list(at[keyword]);
      if (plans && random() < 0.8) return follow(pick(plans), depth + 1);
    }
    const types = list(at.type) ?? [
      at.type ?? (at.properties ? 'object' : at.items || at.prefixItems ? 'array' : 'any'),
    ];
    switch (pick(types)) {
      case 'object': {
        const properties = isObject(at.properties) ? at.properties : {};
        const names = new Set([
          ...Object.keys(properties).filter(() => random() < 0.8),
          ...((at.required as string[]) ?? []),
        ]);
        if (random() < 0.1) names.add(pick(KEYS));
        return Object.fromEntries(
          [...names].map((name) => [
            name,
            follow(properties[name] ?? at.additionalProperties, depth + 1),
          ]),
        );
      }
      case 'array': {
        const count = Math.floor(random() * 4);
        return Array.from({ length: count }, (_, index) =>
          follow(list(at.prefixItems)?.[index] ?? at.items, depth + 1),
        );
      }
      case 'string':
        return pick(STRINGS);
      case 'integer':
        return pick([0, 1, 2, 10, -1]);
      case 'number':
        return pick(NUMBERS);
      case 'boolean':
        return random() < 0.5;
      case 'null':
        return null;
      default:
        return free(depth);
    }
  };
  return follow(root, 0);
}
