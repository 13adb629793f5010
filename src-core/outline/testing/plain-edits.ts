/** The edits of the outline once more, on plain values: what the edits of a text are held against. */
import { isObject, type JsonObject, type JsonValue } from '../../json.ts';

type Plain = JsonObject;

export function valueAt(root: JsonValue, keys: readonly string[]): JsonValue {
  let value: JsonValue = root;
  for (const key of keys) value = (value as Record<string, JsonValue>)[key]!;
  return value;
}
const clone = (value: JsonValue) => JSON.parse(JSON.stringify(value)) as JsonValue;
const split = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
const ownerOf = (root: JsonValue, pointer: string) =>
  valueAt(root, split(pointer).slice(0, -2)) as Plain;
const nameOf = (pointer: string) => split(pointer).at(-1)!;
const holderOf = (root: JsonValue, pointer: string) =>
  valueAt(root, split(pointer).slice(0, -1)) as Plain;

function refill(target: Plain, entries: [string, JsonValue | undefined][]): void {
  for (const key of Object.keys(target)) delete target[key];
  Object.assign(target, Object.fromEntries(entries));
}
function isSorted(names: string[], order: string[]): boolean {
  return names.every((name, at) => at === 0 || order.indexOf(names[at - 1]!) < order.indexOf(name));
}
const sorted = (names: string[], order: string[]) =>
  [...names].sort((one, other) => order.indexOf(one) - order.indexOf(other));

/** Writes references anew wherever they are; the test's schemas hold `$ref` as a keyword only. */
function mapRefs(value: JsonValue, change: (ref: string) => string): void {
  if (Array.isArray(value)) for (const item of value) mapRefs(item, change);
  else if (isObject(value))
    for (const [key, member] of Object.entries(value))
      if (key === '$ref') value[key] = change(member as string);
      else mapRefs(member!, change);
}

export function add(before: JsonValue, pointer: string, name: string, at: number): JsonValue {
  const root = clone(before);
  const target = valueAt(root, split(pointer)) as Plain;
  const properties = target.properties as Plain;
  const order = Object.keys(properties);
  const entries = Object.entries(properties);
  entries.splice(at, 0, [name, { type: 'string' }]);
  refill(properties, entries);
  const required = target.required as string[];
  target.required = isSorted(required, order)
    ? sorted([...required, name], Object.keys(properties))
    : [...required, name];
  return root;
}

export function remove(before: JsonValue, pointer: string): JsonValue {
  const root = clone(before);
  const owner = ownerOf(root, pointer);
  const holder = holderOf(root, pointer);
  delete holder[nameOf(pointer)];
  if (split(pointer).at(-2) === 'properties')
    owner.required = (owner.required as string[]).filter((name) => name !== nameOf(pointer));
  else if (Object.keys(holder).length === 0) delete owner.$defs;
  return root;
}

export function rename(before: JsonValue, pointer: string, name: string): JsonValue {
  const root = clone(before);
  const old = nameOf(pointer);
  const owner = ownerOf(root, pointer);
  const holder = holderOf(root, pointer);
  refill(
    holder,
    Object.entries(holder).map(([key, value]) => [key === old ? name : key, value]),
  );
  if (split(pointer).at(-2) === 'properties')
    owner.required = (owner.required as string[]).map((one) => (one === old ? name : one));
  const from = `#${pointer}`;
  const to = `${from.slice(0, from.lastIndexOf('/'))}/${name}`;
  mapRefs(root, (ref) =>
    ref === from || ref.startsWith(`${from}/`) ? to + ref.slice(from.length) : ref,
  );
  return root;
}

export function move(before: JsonValue, pointer: string, to: number): JsonValue {
  const root = clone(before);
  const owner = ownerOf(root, pointer);
  const holder = holderOf(root, pointer);
  const order = Object.keys(holder);
  const entries = Object.entries(holder);
  const [moved] = entries.splice(order.indexOf(nameOf(pointer)), 1);
  entries.splice(Math.min(to, entries.length), 0, moved!);
  refill(holder, entries);
  if (split(pointer).at(-2) !== 'properties') return root;
  const required = owner.required as string[];
  if (isSorted(required, order)) owner.required = sorted(required, Object.keys(holder));
  return root;
}

export function describe(before: JsonValue, pointer: string, description: string): JsonValue {
  const root = clone(before);
  const node = valueAt(root, split(pointer)) as Plain;
  if ('description' in node) node.description = description;
  else {
    const entries = Object.entries(node);
    const type = entries.findIndex(([key]) => key === 'type');
    entries.splice(type < 0 ? entries.length : type + 1, 0, ['description', description]);
    refill(node, entries);
  }
  return root;
}

/** Of a schema that is a plain type, an enum with a type, or a reference, none of them nullable. */
export function makeNullable(before: JsonValue, pointer: string): JsonValue {
  const root = clone(before);
  const node = valueAt(root, split(pointer)) as Plain;
  if ('$ref' in node) {
    const { description, ...rest } = node;
    const entries: [string, JsonValue | undefined][] = [
      ['anyOf', [rest as Plain, { type: 'null' }]],
    ];
    refill(node, description === undefined ? entries : [['description', description], ...entries]);
    return root;
  }
  node.type = [node.type!, 'null'];
  if (node.enum) node.enum = [...(node.enum as JsonValue[]), null];
  return root;
}

export function extract(before: JsonValue, pointer: string, name: string): JsonValue {
  const root = clone(before) as Plain;
  const from = `#${pointer}`;
  mapRefs(root, (ref) =>
    ref === from || ref.startsWith(`${from}/`) ? `#/$defs/${name}${ref.slice(from.length)}` : ref,
  );
  const node = valueAt(root, split(pointer)) as Plain;
  const moved = { ...node };
  refill(node, [['$ref', `#/$defs/${name}`]]);
  root.$defs ??= {};
  (root.$defs as Plain)[name] = moved;
  return root;
}
