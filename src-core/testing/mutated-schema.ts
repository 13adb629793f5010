import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { walkSchema } from '../schema-walk.ts';

type Edit = (place: JsonObject) => void;

/** What people change in a schema, in both directions; each does nothing where it does not fit. */
const EDITS: readonly Edit[] = [
  (place) =>
    change(place, 'enum', (list) =>
      Array.isArray(list) && list.length > 1 ? list.slice(1) : list,
    ),
  (place) => change(place, 'enum', (list) => (Array.isArray(list) ? [...list, 'added'] : list)),
  (place) => change(place, 'type', (type) => (typeof type === 'string' ? [type, 'null'] : type)),
  (place) =>
    change(place, 'type', (type) =>
      Array.isArray(type) && type.length > 1 ? type.slice(0, 1) : type,
    ),
  (place) =>
    change(place, 'type', (type) =>
      type === 'number' ? 'integer' : type === 'integer' ? 'number' : type,
    ),
  ...['minimum', 'minLength', 'minItems', 'maximum', 'maxLength', 'maxItems'].flatMap((keyword) =>
    [1, -1].map(
      (by): Edit =>
        (place) =>
          change(place, keyword, (limit) =>
            typeof limit === 'number' ? Math.max(0, limit + by) : limit,
          ),
    ),
  ),
  (place) => place.type === 'string' && (place.minLength ??= 1),
  (place) => place.type === 'array' && (place.uniqueItems = place.uniqueItems !== true),
  (place) => place.type === 'number' && (place.multipleOf = 0.5),
  (place) => delete place.pattern,
  (place) => delete place.format,
  (place) => delete place.items,
  (place) => change(place, 'required', (list) => (Array.isArray(list) ? list.slice(1) : list)),
  (place) => isObject(place.properties) && (place.required = Object.keys(place.properties)),
  (place) =>
    isObject(place.properties) &&
    (place.properties = { ...place.properties, added: { type: 'string' } }),
  (place) =>
    isObject(place.properties) &&
    (place.properties = Object.fromEntries(Object.entries(place.properties).slice(1))),
  (place) =>
    isObject(place.properties) &&
    (place.properties = Object.fromEntries(Object.entries(place.properties).reverse())),
  (place) => place.type === 'object' && (place.additionalProperties = false),
  (place) => place.type === 'object' && (place.additionalProperties = true),
  (place) => place.type === 'object' && (place.additionalProperties = { type: 'string' }),
  (place) => place.type === 'object' && (place.patternProperties = { '^a': { type: 'number' } }),
  (place) =>
    change(place, 'anyOf', (list) =>
      Array.isArray(list) && list.length > 1 ? list.slice(1) : list,
    ),
  (place) =>
    change(place, 'anyOf', (list) => (Array.isArray(list) ? [...list, { type: 'boolean' }] : list)),
  (place) =>
    change(place, 'oneOf', (list) =>
      Array.isArray(list) && list.length > 1 ? list.slice(0, -1) : list,
    ),
  (place) => {
    if (!Array.isArray(place.oneOf)) return;
    place.anyOf = place.oneOf;
    delete place.oneOf;
  },
  (place) => (place.not = { const: 'never' }),
  (place) => delete place.not,
  (place) => (place.description = 'Otherwise'),
  (place) => (place.nullable = true),
];

function change(place: JsonObject, keyword: string, by: (value: JsonValue) => JsonValue): void {
  const value = place[keyword];
  if (value !== undefined) place[keyword] = by(value);
}

/** A copy of a schema with one edit, chosen by a seed; the same where that does not fit its place. */
export function mutated(schema: JsonObject, seed: number): JsonObject {
  const copy = structuredClone(schema);
  const places: JsonObject[] = [];
  walkSchema(copy, (place) => places.push(place));
  // The first that fits, of all places and edits, from the seed on.
  const all = places.length * EDITS.length;
  for (let step = 0; step < all; step++) {
    const at = (seed + step * 7919) % all;
    const before = JSON.stringify(copy);
    EDITS[at % EDITS.length]!(places[Math.floor(at / EDITS.length)]!);
    if (JSON.stringify(copy) !== before) return copy;
  }
  return copy;
}
