import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { localPointer, typesOfSchema, valueAt } from '../schema-walk.ts';
import { typeName } from './names.ts';
import { pythonString } from './python-rules.ts';

/** Objects with keys that are known, and what merges such. */
export function isClassSchema(schema: JsonObject): boolean {
  if (schema.$ref !== undefined) return false;
  const types = typesOfSchema(schema).filter((type) => type !== 'null');
  if (types.length > 1) return false;
  if (Array.isArray(schema.allOf) && schema.allOf.length > 1) return true;
  if (types[0] !== 'object') return false;
  if (isObject(schema.properties)) return true;
  return schema.additionalProperties === false && schema.patternProperties === undefined;
}

/** The properties of an object and of what it merges, each once. */
export function membersOf(
  schema: JsonObject,
  root: JsonValue,
  seen: readonly JsonObject[] = [],
): { properties: [string, JsonValue][]; required: Set<string>; open: JsonValue | undefined } {
  const properties = new Map<string, JsonValue>();
  const required = new Set<string>();
  let open = schema.additionalProperties;
  const add = (members: ReturnType<typeof membersOf>) => {
    for (const [key, value] of members.properties)
      if (!properties.has(key)) properties.set(key, value);
    for (const key of members.required) required.add(key);
  };
  for (const branch of Array.isArray(schema.allOf) ? schema.allOf : []) {
    const pointer = isObject(branch) ? localPointer(branch.$ref) : null;
    const target = pointer === null ? branch : valueAt(root, pointer);
    if (!isObject(target) || seen.includes(target)) continue;
    const members = membersOf(target, root, [...seen, schema]);
    add(members);
    open ??= members.open;
  }
  const own = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  add({
    properties: own.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    required: new Set(stringsOf(schema.required)),
    open,
  });
  return { properties: [...properties], required, open };
}

function stringsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** A name for a branch: what its first constant says, else what it is named after. */
export function variantName(branch: JsonValue, name: string): string {
  if (!isObject(branch) || !isObject(branch.properties)) return name;
  for (const property of Object.values(branch.properties)) {
    if (!isObject(property)) continue;
    const value =
      Array.isArray(property.enum) && property.enum.length === 1
        ? property.enum[0]
        : property.const;
    if (typeof value === 'string' && /[A-Za-z]/.test(value)) return `${name}${typeName(value)}`;
  }
  return name;
}

/** Arguments of `Field`. */
export function numberRules(schema: JsonObject): string[] {
  const named: [string, string][] = [
    ['minimum', 'ge'],
    ['exclusiveMinimum', 'gt'],
    ['maximum', 'le'],
    ['exclusiveMaximum', 'lt'],
    ['multipleOf', 'multiple_of'],
  ];
  return named.flatMap(([keyword, rule]) =>
    typeof schema[keyword] === 'number' ? [`${rule}=${schema[keyword]}`] : [],
  );
}

/** Arguments of `Field`. */
export function sizeRules(least: JsonValue | undefined, most: JsonValue | undefined): string[] {
  const rules: string[] = [];
  if (typeof least === 'number' && least > 0) rules.push(`min_length=${least}`);
  if (typeof most === 'number') rules.push(`max_length=${most}`);
  return rules;
}

/** What stands in `Literal[...]`; null of what may not. */
export function literalText(value: JsonValue): string | null {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonString(value);
  return Number.isSafeInteger(value) ? String(value) : null;
}

/** The JSON Schema type of a value. */
export function typeOfValue(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
