import type { JsonValue } from '../json.ts';
import { made, newEntry, TreeNode } from '../strict-schema/json-tree.ts';
import { isNullable, makeNullable } from '../strict-schema/nullable.ts';
import { typesOf } from '../strict-schema/places.ts';
import { type NewType, newSchema } from './new-schema.ts';
import { nullableCore } from './nullable-core.ts';
import { followInTree } from './reference-edits.ts';
import { removeNull, setType } from './remove-null.ts';
import { typeOf } from './row-type.ts';
import { type Edited, type EditOptions, GONE, SchemaTree } from './schema-spot.ts';
import { dropUnfit, isOfType } from './type-keywords.ts';

/** What stays around a schema that goes into an array or a union. */
const AROUND = ['title', 'description', '$defs', 'definitions', '$schema', '$id'];

/**
 * Makes a schema one of another type. What still fits is kept: description, null, bounds of numbers; what
 * becomes an array or a union becomes its items or first branch, and an array of what it becomes gives
 * these back. A plain type allows any value of it, so the values of an enum go.
 */
export function changeType(
  text: string,
  pointer: string,
  type: NewType | { ref: string },
  options: EditOptions,
): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  const { node, keys } = spot;
  if (typeof type === 'string' && typeOf(nullableCore(node)?.node ?? node) === type)
    return { edits: [], pointer };
  if (node.kind !== 'object') {
    node.become(newSchema(type, options));
    return tree.done(pointer);
  }
  const wasNull = typeOf(node) === 'null';
  const canBeNull = isNullable(node) && typeOf(node) !== 'any' && !wasNull;
  const wrapped = nullableCore(node);
  if (canBeNull) removeNull(node);
  const from = wrapped ? [...keys, 'anyOf', String(wrapped.at)] : keys;
  const before = typeOf(node);
  if (typeof type !== 'string') refer(node, type.ref, options);
  else if (type === 'array' && before !== 'any' && !wasNull) intoArray(node);
  else if (type === 'union' && !wasNull) intoUnion(node, before === 'several');
  else if (before === 'array' && isOf(node.get('items'), type)) outOf(node, 'items');
  else if (!outOfUnion(node, type)) retype(node, type, options);
  follow(tree.root, from, keys, before, node);
  if (canBeNull && type !== 'any' && type !== 'null') makeNullable(node);
  return tree.done(pointer);
}

function refer(node: TreeNode, ref: string, { isStrict }: EditOptions): void {
  const kept = isStrict ? AROUND.slice(2) : AROUND;
  for (const { key } of [...node.entries]) if (!kept.includes(key!)) node.remove(key!);
  node.set('$ref', made(ref));
}

/** What is inside gets the keys of where it is now. */
function follow(
  root: TreeNode,
  from: readonly string[],
  keys: readonly string[],
  before: string,
  node: TreeNode,
): void {
  const now = typeOf(node);
  const out = before === 'array' && now !== 'array' ? [...from, 'items'] : from;
  const into =
    now === 'array' && before !== 'array'
      ? [...keys, 'items']
      : now === 'union' && before !== 'union'
        ? [...keys, 'anyOf', '0']
        : keys;
  if (out === into) return;
  followInTree(root, (target) => {
    const isInside = target.length > out.length && out.every((key, at) => target[at] === key);
    if (!isInside || AROUND.includes(target[out.length]!)) return null;
    return [...into, ...target.slice(out.length)];
  });
}

/** All but what stays around, in a node of its own. */
function takeInner(node: TreeNode): TreeNode {
  const inner = new TreeNode('object');
  const isInner = (key: string | null) => !AROUND.includes(key!);
  inner.entries = node.entries
    .filter(({ key }) => isInner(key))
    .map(({ key, node: value }) => newEntry(key, value));
  node.isChanged = true;
  node.entries = node.entries.filter(({ key }) => !isInner(key));
  return inner;
}

function intoArray(node: TreeNode): void {
  const items = takeInner(node);
  setType(node, 'array');
  node.set('items', items);
}

function intoUnion(node: TreeNode, isSeveral: boolean): void {
  const inner = takeInner(node);
  let branches = [inner];
  if (isSeveral)
    branches = typesOf(inner).map((type) => {
      const branch = inner.copy();
      branch.set('type', made(type));
      dropUnfit(branch, type);
      return branch;
    });
  if (branches.length === 1)
    branches.push(made({ type: inner.string('type') === 'string' ? 'number' : 'string' }));
  node.set(
    'anyOf',
    made(inner.entries.length > 0 ? branches : [{ type: 'string' }, { type: 'number' }]),
  );
}

function isOf(node: TreeNode | undefined, type: string): boolean {
  return node?.kind === 'object' && typeOf(node) === type;
}

/** Puts a schema that is at a keyword in the place of the schema around it. */
function outOf(node: TreeNode, keyword: string, inner = node.get(keyword)!): void {
  takeInner(node);
  for (const { key, node: value } of inner.entries) if (!node.has(key!)) node.set(key!, value);
}

function outOfUnion(node: TreeNode, type: string): boolean {
  for (const key of ['anyOf', 'oneOf']) {
    const branch = node.get(key)?.entries.find((entry) => isOf(entry.node, type))?.node;
    if (!branch) continue;
    outOf(node, key, branch);
    return true;
  }
  return false;
}

function retype(node: TreeNode, type: NewType, options: EditOptions): void {
  if (type === 'enum') return intoEnum(node);
  if (type === 'const') return intoConst(node);
  const instead = ['$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const'].find((key) => node.has(key));
  if (type === 'any') node.remove('type');
  else setType(node, type, instead);
  dropUnfit(node, type === 'any' ? '' : type);
  for (const { key, node: value } of newSchema(type, options).entries)
    if (!node.has(key!)) node.set(key!, value);
}

const FIRST: Readonly<Record<string, JsonValue>> = {
  string: 'value',
  number: 1,
  integer: 1,
  boolean: true,
};

function intoEnum(node: TreeNode): void {
  const constant = node.get('const');
  if (constant) return node.replace('const', 'enum', made([constant]));
  const type = node.string('type') ?? 'string';
  const own = type in FIRST ? type : 'string';
  const instead = ['$ref', 'anyOf', 'oneOf', 'allOf'].find((key) => node.has(key));
  setType(node, own, instead);
  dropUnfit(node, own);
  const given = node.get('default');
  node.set('enum', made([given ? given.copy() : (FIRST[own] as string)]), 'type');
}

function intoConst(node: TreeNode): void {
  const first = node.get('enum')?.entries.find((entry) => entry.node.kind === 'scalar')?.node;
  if (!first) {
    intoEnum(node);
    return intoConst(node);
  }
  node.replace('enum', 'const', first);
  const type = node.string('type');
  if (type && !isOfType(first.value(), type)) node.remove('type');
}

/** Lets null be an instance, or no longer. */
export function setNullable(text: string, pointer: string, canBeNull: boolean): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  if (spot.node.kind !== 'object') return { refusal: 'It says nothing of its type yet.' };
  if (isNullable(spot.node) === canBeNull) return { edits: [], pointer };
  if (canBeNull) makeNullable(spot.node);
  else if (typeOf(spot.node) === 'null')
    return { refusal: 'It is nothing but null: give it a type.' };
  else removeNull(spot.node);
  return tree.done(pointer);
}
