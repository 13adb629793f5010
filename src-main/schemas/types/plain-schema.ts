import { isObject, type JsonObject, type JsonValue } from '../../../src-core/json.ts';

type Check = (value: JsonValue) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isSchema: Check = (value) => isObject(value) || typeof value === 'boolean';
const areSchemas: Check = (value) => Array.isArray(value) && value.every(isSchema);
const TYPES = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
const isType: Check = (value) => TYPES.includes(value as string);

/** What holds values, not schemas. */
const VALUES: Readonly<Record<string, Check>> = {
  $schema: isText,
  $ref: isText,
  title: isText,
  description: isText,
  type: (value) => isType(value) || (Array.isArray(value) && value.every(isType)),
  nullable: (value) => typeof value === 'boolean',
  deprecated: (value) => typeof value === 'boolean',
  const: () => true,
  enum: Array.isArray,
  required: (value) => Array.isArray(value) && value.every(isText),
  format: isText,
  pattern: isText,
  uniqueItems: (value) => typeof value === 'boolean',
  ...Object.fromEntries(
    (
      'minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems ' +
      'maxItems minProperties maxProperties minContains maxContains'
    )
      .split(' ')
      .map((keyword) => [keyword, isNumber]),
  ),
};
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const ONES = (
  'items additionalItems additionalProperties unevaluatedItems unevaluatedProperties contains ' +
  'propertyNames not if then else'
).split(' ');

/** What generators take for words of their own, and names that they write. */
const GENERATOR_WORDS = 'tsType tsEnumNames extends id $id default examples'.split(' ');

/**
 * The schema in the words that generators know, which are those of draft 7: a list of `prefixItems` is a
 * list of `items` there. What says nothing of values beside a reference goes, as they would take the two
 * for a type of its own.
 *
 * Keywords are left only with values of their kinds, and words of the generators' own not at all: those
 * are written into the code as they are (`tsType`), and so is what is taken for a number.
 */
export function plainSchema(schema: JsonValue): JsonValue {
  const plain = plainPlace(schema);
  if (!isObject(plain) || !isObject(schema) || plain.$ref === undefined) return plain;
  // The root can't be a reference, as what it refers to stands in it.
  const { $ref } = plain;
  const definitions: JsonObject = {};
  for (const key of ['$defs', 'definitions']) {
    const map = schema[key];
    if (isObject(map)) definitions[key] = plainMap(map);
  }
  return { allOf: [{ $ref }], ...definitions };
}

function plainPlace(schema: JsonValue): JsonValue {
  if (!isObject(schema)) return schema;
  const next: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (value === undefined) continue;
    if (Object.hasOwn(VALUES, key)) {
      if (VALUES[key]!(value)) next[key] = value;
    } else if (MAPS.includes(key)) {
      if (isObject(value)) next[key] = plainMap(value);
    } else if (LISTS.includes(key) || (key === 'items' && Array.isArray(value))) {
      if (areSchemas(value)) next[key] = (value as JsonValue[]).map(plainPlace);
    } else if (ONES.includes(key)) {
      if (isSchema(value)) next[key] = plainPlace(value);
    } else if (!GENERATOR_WORDS.includes(key)) {
      // References may lead into what is no keyword.
      if (isObject(value)) next[key] = plainPlace(value);
      else if (Array.isArray(value))
        next[key] = value.map((one) => isObject(one) && plainPlace(one));
    }
  }
  const { prefixItems, items, $ref, ...rest } = next;
  if ($ref !== undefined) return { $ref };
  if (!prefixItems) return next;
  return {
    ...rest,
    items: prefixItems,
    ...(items === undefined ? {} : { additionalItems: items }),
  };
}

function plainMap(map: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(map).map(([name, inner]) => [name, plainPlace(inner ?? true)]),
  );
}
