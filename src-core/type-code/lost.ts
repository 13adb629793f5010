import type { JsonObject, JsonValue } from '../json.ts';
import { isObject } from '../json.ts';
import { localPointer, typesOfSchema, valueAt, walkSchema } from '../schema-walk.ts';
import { type LostRule, MOST_LOST, type TypeLanguage } from './languages.ts';
import { isRustPattern, PYTHON_FORMATS } from './python-rules.ts';

type Tell = (value: JsonValue, schema: JsonObject, root: JsonValue) => string | null;
type Rules = Readonly<Record<string, Tell>>;
const always =
  (why: string): Tell =>
  () =>
    why;

/** No code that is made here has them. */
const NOWHERE: Rules = {
  not: always('“must not be” has no counterpart'),
  if: always('conditions have no counterpart'),
  contains: always('what an array must contain is not checked'),
  minContains: always('what an array must contain is not checked'),
  maxContains: always('what an array must contain is not checked'),
  propertyNames: always('the names of further keys are not checked'),
  dependentRequired: always('keys that need others are not checked'),
  dependentSchemas: always('keys that need others are not checked'),
  unevaluatedProperties: always('keys beyond the branches are not checked'),
  unevaluatedItems: always('elements beyond the branches are not checked'),
  oneOf: always('any of the branches will do: that only one holds is not checked'),
  $dynamicRef: always('dynamic references have no counterpart'),
};

const TYPESCRIPT: Rules = {
  ...NOWHERE,
  format: always('formats are not checked'),
  pattern: always('patterns are not checked'),
  minLength: always('lengths are not checked'),
  maxLength: always('lengths are not checked'),
  minimum: always('bounds are not checked'),
  maximum: always('bounds are not checked'),
  exclusiveMinimum: always('bounds are not checked'),
  exclusiveMaximum: always('bounds are not checked'),
  multipleOf: always('steps are not checked'),
  minItems: always('the number of elements is not checked'),
  maxItems: always('the number of elements is not checked'),
  uniqueItems: always('elements may be there twice'),
  minProperties: always('the number of keys is not checked'),
  maxProperties: always('the number of keys is not checked'),
  patternProperties: always('any key has the type of the patterns’ values'),
  type: (_value, schema) =>
    typesOfSchema(schema).includes('integer') ? 'an integer is any number' : null,
};

/** The formats that Zod checks by itself. */
export const ZOD_FORMATS: readonly string[] = [
  'date-time',
  'date',
  'time',
  'duration',
  'email',
  'uuid',
  'ipv4',
  'ipv6',
  'uri',
  'hostname',
];

const ZOD: Rules = {
  ...NOWHERE,
  $ref: (value, _schema, root) => {
    const pointer = localPointer(value);
    return pointer !== null && valueAt(root, pointer) !== undefined
      ? null
      : 'the reference leads nowhere that is known: any value will do';
  },
  format: (value, schema) =>
    typesOfSchema(schema).includes('string') && ZOD_FORMATS.includes(String(value))
      ? null
      : 'Zod does not know this format',
  properties: (value) =>
    isObject(value) && Object.hasOwn(value, '__proto__')
      ? 'Zod drops what is called __proto__, and does not check it'
      : null,
  minProperties: always('the number of keys is not checked'),
  maxProperties: always('the number of keys is not checked'),
  enum: (value) => containersLost(value),
  const: (value) => containersLost([value]),
};

const PYDANTIC: Rules = {
  ...NOWHERE,
  format: (value) =>
    PYTHON_FORMATS[String(value)] ? null : 'Pydantic itself has no type of this format',
  pattern: (value) =>
    typeof value === 'string' && isRustPattern(value)
      ? null
      : 'Pydantic’s patterns have no look-around and no back references',
  uniqueItems: always('elements may be there twice'),
  patternProperties: (_value, schema) =>
    isObject(schema.properties)
      ? 'the keys that patterns name are not checked'
      : 'any key has the type of the patterns’ values',
  enum: (value) => floatsLost(value),
  const: (value) => floatsLost([value]),
  prefixItems: (_value, schema) =>
    schema.items === false ? null : 'a tuple can’t have further elements: it is a list of anything',
};

const RULES: Readonly<Record<TypeLanguage, Rules>> = {
  typescript: TYPESCRIPT,
  zod: ZOD,
  pydantic: PYDANTIC,
  'json-schema': {},
};

/** What is lost everywhere alike is said once, at the first place. */
const ONCE: Readonly<
  Record<TypeLanguage, readonly { keyword: string; why: string; holds: Tell }[]>
> = {
  typescript: [
    {
      keyword: 'additionalProperties',
      why: 'an object may have further keys: TypeScript refuses them in literals only',
      holds: (value) => (value === false ? '' : null),
    },
  ],
  zod: [],
  pydantic: [
    {
      keyword: 'type',
      why: 'Pydantic converts what it can ("1" to 1) unless it validates with strict=True',
      holds: always(''),
    },
    {
      keyword: 'required',
      why: 'a key that may be missing has None for that, and may also be null',
      holds: (_value, schema) => (hasOptional(schema) ? '' : null),
    },
  ],
  'json-schema': [],
};

/**
 * The rules of a schema that its types in a language leave unchecked, worked out from the schema.
 * @returns at most `MOST_LOST`, and how many there are
 */
export function lostRules(
  schema: JsonValue,
  language: TypeLanguage,
): { lost: LostRule[]; lostCount: number } {
  const lost: LostRule[] = [];
  let lostCount = 0;
  const add = (pointer: string, keyword: string, why: string) => {
    lostCount++;
    if (lost.length < MOST_LOST) lost.push({ pointer, keyword, why });
  };
  const said = new Set<string>();
  walkSchema(schema, (place, pointer) => {
    for (const { keyword, why, holds } of ONCE[language]) {
      const value = place[keyword];
      if (value === undefined || said.has(keyword) || holds(value, place, schema) === null)
        continue;
      said.add(keyword);
      add(pointer, keyword, why);
    }
    for (const [keyword, value] of Object.entries(place)) {
      if (value === undefined || !Object.hasOwn(RULES[language], keyword)) continue;
      const why = RULES[language][keyword]!(value, place, schema);
      if (why !== null) add(pointer, keyword, why);
    }
  });
  return { lost, lostCount };
}

function hasOptional(schema: JsonObject): boolean {
  const { properties, required } = schema;
  if (!isObject(properties)) return false;
  const needed = Array.isArray(required) ? required : [];
  return Object.keys(properties).some((key) => !needed.includes(key));
}

function containersLost(value: JsonValue | undefined): string | null {
  const values = Array.isArray(value) ? value : [];
  return values.some((one) => typeof one === 'object' && one !== null)
    ? 'Zod has literals of strings, numbers, booleans and null only'
    : null;
}

function floatsLost(value: JsonValue | undefined): string | null {
  const values = Array.isArray(value) ? value : [];
  return values.every(
    (one) => one === null || ['string', 'boolean'].includes(typeof one) || Number.isInteger(one),
  )
    ? null
    : 'Python has literals of strings, integers, booleans and None only';
}
