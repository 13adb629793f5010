import type { JsonValue } from '../json.ts';
import { isObject } from '../json.ts';
import type { TreeNode } from '../strict-schema/json-tree.ts';

const OF_NUMBERS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
/** Keywords that say something of one type only. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: [
    ...['minLength', 'maxLength', 'pattern', 'format'],
    ...['contentEncoding', 'contentMediaType', 'contentSchema'],
  ],
  number: OF_NUMBERS,
  integer: OF_NUMBERS,
  object: [
    ...['properties', 'required', 'additionalProperties', 'patternProperties', 'propertyNames'],
    ...['minProperties', 'maxProperties', 'unevaluatedProperties'],
    ...['dependentRequired', 'dependentSchemas'],
  ],
  array: [
    ...['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems'],
    ...['contains', 'minContains', 'maxContains', 'unevaluatedItems'],
  ],
};
const TYPED = new Set(Object.values(KEYWORDS).flat());
/** What says which values there are in other ways than by a type. */
const SHAPES = new Set([
  ...['enum', 'const', 'anyOf', 'oneOf', 'allOf', '$ref', 'not', 'if', 'then', 'else'],
]);

/** Takes away what a schema says that says nothing of a type; values that are none of it as well. */
export function dropUnfit(node: TreeNode, type: string, kept: readonly string[] = []): void {
  const fitting = new Set([...(KEYWORDS[type] ?? []), ...kept]);
  for (const key of [...new Set(node.entries.map((entry) => entry.key!))]) {
    if (fitting.has(key)) continue;
    const isUnfit =
      TYPED.has(key) ||
      SHAPES.has(key) ||
      (key === 'default' && !isOfType(node.get(key)!.value(), type)) ||
      (key === 'examples' &&
        !node.get(key)!.entries.every((one) => isOfType(one.node.value(), type)));
    if (isUnfit) node.remove(key);
  }
}

/** Whether a value is of a type, or of any where the type is none of JSON Schema's. */
export function isOfType(value: JsonValue, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'null') return value === null;
  if (type === 'string' || type === 'number' || type === 'boolean') return typeof value === type;
  return true;
}

/** The narrowest type of a value. */
export function typeOfValue(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
