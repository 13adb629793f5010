import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { closureText, meaningOf, resolved, type Side } from './closure.ts';

export const VALUE_TYPES = [
  'null',
  'boolean',
  'integer',
  'number',
  'string',
  'array',
  'object',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];
const ANY: readonly ValueType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** One kind of value that a schema allows. */
export interface Alternative {
  type: ValueType;
  schema: JsonObject;
  pointer: string;
  side: Side;
  /** The values it is limited to. */
  values: JsonValue[] | null;
  /** Keywords that are not looked into, each with all that it means. */
  opaque: ReadonlyMap<string, string>;
}

/** Keywords that are compared; those of other types say nothing of a value. */
const COMPARED: Readonly<Record<ValueType, readonly string[]>> = {
  null: [],
  boolean: [],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems'],
  object: ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
};
/** What is not looked into: it only ever allows less, so that a new one is safe. */
const OPAQUE = [
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  '$ref',
  '$dynamicRef',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'additionalItems',
];
/** Those that mean something together only. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  if: ['then', 'else'],
  contains: ['minContains', 'maxContains'],
  patternProperties: ['additionalProperties'],
};
const DEEPEST = 100;

/** More branches of `oneOf` than this are not held against each other: the keyword is left as it is. */
const MOST_APART = 1000;

/** What is known while a schema is taken apart. */
interface Taking {
  side: Side;
  /** Places that are in the union already: being there twice, or within itself, adds nothing to it. */
  seen: Set<string>;
  /** By place, whether a `oneOf` means what `anyOf` means; false while that is being found out. */
  unions: Map<string, boolean>;
  depth: number;
}

/**
 * The kinds of value that a schema allows: unions and lists of types are taken apart, references followed.
 * Each place is read once, however many ways lead to it.
 */
export function alternativesOf(value: JsonValue, at: string, side: Side): Alternative[] {
  return merged(takenApart(value, at, { side, seen: new Set(), unions: new Map(), depth: 0 }));
}

function takenApart(value: JsonValue, at: string, taking: Taking): Alternative[] {
  const { side, seen } = taking;
  const { schema, pointer } = resolved(value, at, side);
  if (schema === false || seen.has(pointer)) return [];
  seen.add(pointer);
  const own = isObject(schema) ? schema : {};
  const meaning = meaningOf(own);
  const keyword = meaning.anyOf ? 'anyOf' : 'oneOf';
  const branches = meaning[keyword];
  if (
    Array.isArray(branches) &&
    Object.keys(meaning).length === 1 &&
    taking.depth < DEEPEST &&
    (keyword === 'anyOf' || isUnion(branches, pointer, taking))
  )
    return branches.flatMap((branch, index) =>
      takenApart(branch, `${pointer}/${keyword}/${index}`, { ...taking, depth: taking.depth + 1 }),
    );
  const { type } = own;
  const types: JsonValue[] = Array.isArray(type)
    ? [...type]
    : type === undefined
      ? [...ANY]
      : [type];
  // OpenAPI's word, which validators know as well.
  if (own.nullable === true && type !== undefined) types.push('null');
  const values = Array.isArray(own.enum) ? own.enum : own.const === undefined ? null : [own.const];
  return VALUE_TYPES.filter((one) => types.includes(one)).flatMap((one) => {
    const mine = values?.filter((literal) => isOfType(literal, one)) ?? null;
    if (mine?.length === 0) return [];
    const isWhole = one === 'number' && mine?.every((literal) => Number.isInteger(literal));
    const kind = { type: isWhole ? ('integer' as const) : one, schema: own, pointer, side };
    return [{ ...kind, values: mine, opaque: opaqueOf(meaning, side) }];
  });
}

/** Without those that are there twice; constants beside each other are one list of values. */
function merged(found: readonly Alternative[]): Alternative[] {
  const known = new Set<string>();
  const all = found.filter((one) => {
    const key = found.length > 1 ? meaningTextOf(one) : '';
    return !known.has(key) && known.add(key);
  });
  const lists = new Map<ValueType, Alternative & { values: JsonValue[] }>();
  return all.flatMap((one) => {
    const { values, type, schema, opaque } = one;
    const isPlain =
      opaque.size === 0 && !COMPARED[type].some((keyword) => schema[keyword] !== undefined);
    if (!values || !isPlain || type === 'object' || type === 'array') return [one];
    const list = lists.get(type);
    if (list) {
      list.values.push(...values.filter((value) => !list.values.includes(value)));
      return [];
    }
    const first = { ...one, values: [...values] };
    lists.set(type, first);
    return [first];
  });
}

function opaqueOf(meaning: JsonObject, side: Side): Map<string, string> {
  const opaque = new Map<string, string>();
  for (const keyword of OPAQUE) {
    const value = meaning[keyword];
    if (value !== undefined) opaque.set(keyword, closureText({ [keyword]: value }, side));
  }
  for (const [keyword, others] of Object.entries(TOGETHER)) {
    if (meaning[keyword] === undefined) continue;
    const parts = [keyword, ...others].map((one) => ({ [one]: meaning[one] ?? null }));
    opaque.set(keyword, closureText(parts, side));
  }
  // What was evaluated depends on all the rest.
  if (meaning.unevaluatedProperties !== undefined || meaning.unevaluatedItems !== undefined)
    opaque.set('unevaluated', closureText(meaning, side));
  return opaque;
}

export function isOfType(value: JsonValue, type: ValueType): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** Of `oneOf` only one may hold: that is the same as `anyOf` where no two can. */
function isUnion(branches: readonly JsonValue[], pointer: string, taking: Taking): boolean {
  const known = taking.unions.get(pointer);
  if (known !== undefined) return known;
  taking.unions.set(pointer, false);
  const all = branches.map((branch, index) =>
    takenApart(branch, `${pointer}/oneOf/${index}`, {
      ...taking,
      seen: new Set([pointer]),
      depth: taking.depth + 1,
    }),
  );
  const isApart = all.flat().length <= MOST_APART && areApart(all);
  taking.unions.set(pointer, isApart);
  return isApart;
}

/** Whether no value can be of two of the branches: by type, or by a required constant. */
function areApart(branches: readonly Alternative[][]): boolean {
  return branches.every((one, index) =>
    branches.slice(index + 1).every((other) => one.every((a) => other.every((b) => isApart(a, b)))),
  );
}

function isApart(one: Alternative, other: Alternative): boolean {
  const numbers = ['integer', 'number'];
  if (one.type !== other.type) return !(numbers.includes(one.type) && numbers.includes(other.type));
  if (one.values && other.values && areDistinct(one.values, other.values)) return true;
  if (one.type !== 'object') return false;
  const tags = tagsOf(other);
  return [...tagsOf(one)].some(([key, values]) => {
    const others = tags.get(key);
    return others !== undefined && areDistinct(values, others);
  });
}

function areDistinct(one: readonly JsonValue[], other: readonly JsonValue[]): boolean {
  const isPlain = (value: JsonValue) => typeof value !== 'object' || value === null;
  return one.every(isPlain) && other.every(isPlain) && !one.some((value) => other.includes(value));
}

const MEANINGS = new WeakMap<Alternative, string>();

/** The same text for two alternatives only where they mean the same, be it of different documents. */
export function meaningTextOf(one: Alternative): string {
  const known = MEANINGS.get(one);
  if (known !== undefined) return known;
  const text = `${one.type} ${closureText(meaningOf(one.schema), one.side)}`;
  MEANINGS.set(one, text);
  return text;
}

const TAGS = new WeakMap<Alternative, Map<string, JsonValue[]>>();

/** The required properties of an object that are limited to values, which tell it from others. */
export function tagsOf(alternative: Alternative): Map<string, JsonValue[]> {
  const known = TAGS.get(alternative);
  if (known) return known;
  const { schema, side, pointer } = alternative;
  const tags = new Map<string, JsonValue[]>();
  TAGS.set(alternative, tags);
  const required = Array.isArray(schema.required) ? schema.required : [];
  for (const [key, value] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    if (value === undefined || !required.includes(key)) continue;
    const { schema: property } = resolved(value, pointer, side);
    if (!isObject(property)) continue;
    if (Array.isArray(property.enum)) tags.set(key, property.enum);
    else if (property.const !== undefined) tags.set(key, [property.const]);
  }
  return tags;
}
