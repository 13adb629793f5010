import { arrayIndexOf, keysOfPointer } from '../growing/pointer.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';

/** The schema that a reference within the document names; undefined where there is none. */
export function referred(root: JsonValue, reference: JsonValue): JsonValue | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
  let pointer: string;
  try {
    pointer = decodeURIComponent(reference.slice(1));
  } catch {
    return undefined;
  }
  let at: JsonValue | undefined = root;
  for (const key of keysOfPointer(pointer) ?? ['']) {
    if (Array.isArray(at)) at = at[arrayIndexOf(key)];
    else at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

/** The types that a schema allows, null where it names none: what it says then tells. */
export function typesOf(schema: JsonObject): string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((one) => typeof one === 'string');
  if (isObject(schema.properties) || schema.required !== undefined) return ['object'];
  if (schema.items !== undefined || schema.prefixItems !== undefined) return ['array'];
  if (typeof schema.minimum === 'number' || typeof schema.maximum === 'number') return ['number'];
  return ['string'];
}

export function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

export function namesOf(value: JsonValue | undefined): string[] {
  return listOf(value).filter((one) => typeof one === 'string');
}

export function membersOf(value: JsonValue | undefined): [string, JsonValue][] {
  return isObject(value) ? (Object.entries(value) as [string, JsonValue][]) : [];
}

export function countOf(value: JsonValue | undefined, none: number): number {
  return typeof value === 'number' && value >= 0 ? Math.ceil(value) : none;
}

/**
 * `allOf` and what stands beside a reference or a union, as one schema: members of both, required by
 * either; of other keywords those of the second.
 */
export function joined(one: JsonObject, other: JsonObject): JsonObject {
  const both: JsonObject = { ...one, ...other };
  if (isObject(one.properties) && isObject(other.properties))
    both.properties = { ...one.properties, ...other.properties };
  const required = [...namesOf(one.required), ...namesOf(other.required)];
  if (required.length > 0) both.required = [...new Set(required)];
  return both;
}
