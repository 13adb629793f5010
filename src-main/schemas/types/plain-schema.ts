import { isObject, type JsonObject, type JsonValue } from '../../../src-core/json.ts';

/**
 * The schema in the words that generators know, which are those of draft 7: a list of `prefixItems` is a
 * list of `items` there. What says nothing of values beside a reference goes, as they would take the two
 * for a type of its own.
 */
export function plainSchema(schema: JsonValue): JsonValue {
  return mapSchemas(schema, (place) => {
    const { prefixItems, items, $ref, ...rest } = place;
    if ($ref !== undefined) return { $ref };
    if (Array.isArray(prefixItems))
      return {
        ...rest,
        items: prefixItems,
        ...(items === undefined ? {} : { additionalItems: items }),
      };
    return place;
  });
}

const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
/** What holds values, not schemas. */
const VALUES = ['const', 'enum', 'default', 'examples', 'required', 'type'];

/** Each schema replaced by what `change` makes of it, the inner ones first; keys keep their order. */
function mapSchemas(schema: JsonValue, change: (place: JsonObject) => JsonObject): JsonValue {
  if (Array.isArray(schema)) return schema.map((inner) => mapSchemas(inner, change));
  if (!isObject(schema)) return schema;
  const next: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (value === undefined) continue;
    if (VALUES.includes(key)) next[key] = value;
    else if (MAPS.includes(key) && isObject(value))
      next[key] = Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, mapSchemas(inner ?? true, change)]),
      );
    else next[key] = mapSchemas(value, change);
  }
  return change(next);
}
