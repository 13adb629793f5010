import { escapeKey, keysOfPointer, arrayIndexOf } from './growing/pointer.ts';
import { isObject, type JsonObject, type JsonValue } from './json.ts';

/** Keywords whose members are schemas, whose elements are, and that are one themselves. */
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const ONES = [
  'items',
  'additionalItems',
  'additionalProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
];
/** Deeper schemas are not looked at. */
const DEEPEST = 200;

/**
 * Visits the schemas of a schema, the outer before the inner and in the order of their keys; schemas that
 * are `true` or `false` are left out.
 * @param visit is given the JSON pointer of each
 */
export function walkSchema(
  root: JsonValue,
  visit: (schema: JsonObject, pointer: string) => void,
  pointer = '',
  depth = 0,
): void {
  if (!isObject(root) || depth > DEEPEST) return;
  visit(root, pointer);
  for (const [key, value] of Object.entries(root)) {
    if (value === undefined) continue;
    const at = `${pointer}/${escapeKey(key)}`;
    const goOn = (inner: JsonValue, step: string) =>
      walkSchema(inner, visit, `${at}/${escapeKey(step)}`, depth + 1);
    if (MAPS.includes(key) && isObject(value)) {
      for (const [name, inner] of Object.entries(value)) if (inner !== undefined) goOn(inner, name);
    } else if ((LISTS.includes(key) || key === 'items') && Array.isArray(value)) {
      value.forEach((inner, index) => goOn(inner, String(index)));
    } else if (ONES.includes(key)) walkSchema(value, visit, at, depth + 1);
  }
}

/** The value at a JSON pointer; undefined where there is none. */
export function valueAt(root: JsonValue, pointer: string): JsonValue | undefined {
  let at: JsonValue | undefined = root;
  for (const key of keysOfPointer(pointer) ?? ['\0']) {
    if (Array.isArray(at)) at = at[arrayIndexOf(key)];
    else if (isObject(at) && Object.hasOwn(at, key)) at = at[key];
    else return undefined;
  }
  return at;
}

/** The JSON pointer that a local `$ref` leads to (`#/$defs/a`, percent-decoded); null of any other. */
export function localPointer(ref: JsonValue | undefined): string | null {
  if (typeof ref !== 'string' || !ref.startsWith('#')) return null;
  const fragment = ref.slice(1);
  if (fragment !== '' && !fragment.startsWith('/')) return null;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return null;
  }
}

/** The types that `type` names, be it one or a list; what is implied by other keywords where it is missing. */
export function typesOfSchema(schema: JsonObject): string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((one) => typeof one === 'string');
  if (isObject(schema.properties) || schema.additionalProperties !== undefined) return ['object'];
  if (schema.items !== undefined || schema.prefixItems !== undefined) return ['array'];
  return [];
}
