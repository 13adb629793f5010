import { escapeKey } from '../growing/pointer.ts';
import { made, newEntry, TreeNode } from '../strict-schema/json-tree.ts';
import { typesOf } from '../strict-schema/places.ts';
import { freeName } from '../strict-schema/references.ts';
import { type NewType, newSchema } from './new-schema.ts';
import { nullableCore } from './nullable-core.ts';
import { followInTree } from './reference-edits.ts';
import {
  namesOf,
  propertyNames,
  requiredNames,
  requireProperty,
  unrequireProperty,
} from './required-list.ts';
import { typeOf } from './row-type.ts';
import {
  coreOf,
  type Edited,
  type EditOptions,
  GONE,
  type SchemaSpot,
  SchemaTree,
} from './schema-spot.ts';

export interface NewProperty {
  /** A name that is free is found where none is given. */
  name?: string;
  type?: NewType;
  /** The position among the properties; at the end where it is left out. */
  at?: number;
}

/**
 * Adds a property to the objects that a schema is of: to itself, or to the items of an array. In strict
 * mode it is required; elsewhere where all that are there are.
 */
export function addProperty(
  text: string,
  pointer: string,
  { name, type = 'string', at = Infinity }: NewProperty,
  options: EditOptions,
): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  const found = objectIn(spot.node, pointer);
  if (!found) return { refusal: 'A property can only be added to an object.' };
  const { node } = found;
  const before = propertyNames(node);
  const required = requiredNames(node) ?? [];
  const isRequired =
    options.isStrict || (before.length > 0 && before.every((one) => required.includes(one)));
  if (!node.has('properties')) node.set('properties', new TreeNode('object'), 'type');
  const properties = node.get('properties')!;
  if (properties.kind !== 'object')
    return { refusal: '"properties" is no object: mend the text first.' };
  const own = name ?? freeName(properties, 'property');
  if (before.includes(own)) return clash(own);
  insert(properties, own, newSchema(type, options), at);
  if (isRequired) requireProperty(node, own);
  return tree.done(`${found.pointer}/properties/${escapeKey(own)}`);
}

export function clash(name: string): Edited {
  return { refusal: `There is a property "${name}" already.` };
}

/** Puts a member at a position among those that count. */
function insert(map: TreeNode, name: string, node: TreeNode, at: number): void {
  const last = new Map(map.entries.map((entry) => [entry.key, entry]));
  const behind = namesOf(map)[at];
  const index = behind === undefined ? map.entries.length : map.entries.indexOf(last.get(behind)!);
  map.isChanged = true;
  map.entries.splice(index, 0, newEntry(name, node));
}

function objectIn(node: TreeNode, pointer: string): { node: TreeNode; pointer: string } | null {
  const core = coreOf(node);
  if (core.kind !== 'object') return null;
  const list = node.get('anyOf');
  const at = core === node ? -1 : list!.entries.findIndex((entry) => entry.node === core);
  const own = at < 0 ? pointer : `${pointer}/anyOf/${at}`;
  const type = typeOf(core);
  const items = type === 'array' ? core.get('items') : undefined;
  if (items) return objectIn(items, `${own}/items`);
  // What says nothing yet, or is no object to strict mode for want of a type, becomes one.
  if (type === 'object' || (type === 'any' && typesOf(core).length === 0)) {
    if (!core.has('type')) addObjectType(core);
    return { node: core, pointer: own };
  }
  return type === 'several' && typesOf(core).includes('object')
    ? { node: core, pointer: own }
    : null;
}

function addObjectType(node: TreeNode): void {
  const { entries } = node;
  node.entries = [];
  node.set('type', made('object'));
  node.entries.push(...entries);
}

/** Removes a schema; of a property also its name in `required`. References to it are left as they are. */
export function removeSchema(text: string, pointer: string, { isStrict }: EditOptions): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  const { keyword, name, owner, holder } = spot;
  if (!owner || !holder || keyword === null) return { refusal: 'The root can’t be removed.' };
  if (name === null) {
    if (keyword === 'additionalProperties' && isStrict) owner.set(keyword, made(false));
    else owner.remove(keyword);
    return tree.done(pointerOf(spot.keys.slice(0, spot.ownerLength)));
  }
  if (holder.kind === 'array') return removeFromList(tree, spot);
  const names = namesOf(holder);
  const at = names.indexOf(name);
  const neighbour = names[at + 1] ?? names[at - 1];
  holder.remove(name);
  if (keyword === 'properties') unrequireProperty(owner, name);
  else if (holder.entries.length === 0) owner.remove(keyword);
  const around = spot.keys.slice(0, spot.ownerLength);
  return tree.done(pointerOf(neighbour === undefined ? around : [...around, keyword, neighbour]));
}

function removeFromList(tree: SchemaTree, spot: SchemaSpot): Edited {
  const { keyword, name, owner, holder } = spot;
  const at = Number(name);
  const around = spot.keys.slice(0, spot.ownerLength);
  if (holder!.entries.length === 1) {
    if (keyword !== 'prefixItems') return { refusal: 'A union needs at least one branch.' };
    owner!.remove(keyword);
    return tree.done(pointerOf(around));
  }
  const list = [...around, keyword!];
  // What comes after it has other numbers then.
  followInTree(tree.root, (keys) => {
    const place = list.every((key, depth) => keys[depth] === key) ? Number(keys[list.length]) : NaN;
    return place > at ? [...list, String(place - 1), ...keys.slice(list.length + 1)] : null;
  });
  holder!.isChanged = true;
  holder!.entries.splice(at, 1);
  const next = Math.min(at, holder!.entries.length - 1);
  return tree.done(pointerOf([...list, String(next)]));
}

/** Puts a copy behind a property, a definition or a branch. */
export function duplicateSchema(text: string, pointer: string, _options: EditOptions): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  const { node, name, owner, holder, keyword } = spot;
  if (!owner || !holder || name === null) return { refusal: 'There can be only one of it.' };
  const list = [...spot.keys.slice(0, spot.ownerLength), keyword!];
  if (holder.kind === 'array') {
    // It goes last, so that no other one has another number.
    holder.push(node.copy());
    return tree.done(pointerOf([...list, String(holder.entries.length - 1)]));
  }
  const own = freeName(holder, name);
  holder.set(own, node.copy(), name);
  const isRequired = keyword === 'properties' && requiredNames(owner)?.includes(name);
  if (isRequired) requireProperty(owner, own);
  return tree.done(pointerOf([...list, own]));
}

/** Adds a branch to a union: of the first plain type that it has no branch of. */
export function addBranch(text: string, pointer: string): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  const core = coreOf(spot.node);
  const key = ['anyOf', 'oneOf', 'allOf'].find((one) => core.get(one)?.kind === 'array');
  if (key === undefined) return { refusal: 'Only a union has branches.' };
  const list = core.get(key)!;
  const known = new Set(list.entries.map(({ node }) => typeOf(node)));
  const free = (['string', 'number', 'boolean'] as const).find((type) => !known.has(type));
  list.push(made({ type: free ?? 'string' }));
  const own = core === spot.node ? pointer : `${pointer}/anyOf/${nullableCore(spot.node)!.at}`;
  return tree.done(`${own}/${key}/${list.entries.length - 1}`);
}

/** Requires a property, or does so no longer. */
export function setRequired(text: string, pointer: string, isRequired: boolean): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot?.owner || spot.name === null || spot.keyword !== 'properties') return GONE;
  if (isRequired) requireProperty(spot.owner, spot.name);
  else unrequireProperty(spot.owner, spot.name);
  return tree.done(pointer);
}

export function pointerOf(keys: readonly string[]): string {
  return keys.map((key) => `/${escapeKey(key)}`).join('');
}
