import { made, TreeNode } from '../strict-schema/json-tree.ts';
import { isNullable, makeNullable } from '../strict-schema/nullable.ts';
import { freeName } from '../strict-schema/references.ts';
import { type NewType, newSchema } from './new-schema.ts';
import { nullableCore } from './nullable-core.ts';
import { pointerOf } from './property-edits.ts';
import { followInTree, refTo } from './reference-edits.ts';
import { removeNull } from './remove-null.ts';
import { typeOf } from './row-type.ts';
import { type Edited, type EditOptions, GONE, SchemaTree } from './schema-spot.ts';

/** Where the definitions of a schema are, or would be. */
function definitionsKey(root: TreeNode): string {
  return root.has('$defs') || !root.has('definitions') ? '$defs' : 'definitions';
}

/** Adds a definition at the root; a name that is free is found where none is given. */
export function addDefinition(
  text: string,
  { name = 'definition', type = 'object' }: { name?: string; type?: NewType },
  options: EditOptions,
): Edited {
  const tree = SchemaTree.of(text);
  if (tree?.root.kind !== 'object') return GONE;
  const definitions = definitionsOf(tree.root);
  if (!definitions) return NO_PLACE;
  const own = freeName(definitions, name);
  definitions.set(own, newSchema(type, options));
  return tree.done(pointerOf([definitionsKey(tree.root), own]));
}

const NO_PLACE: Edited = { refusal: 'The definitions are no object: mend the text first.' };

function definitionsOf(root: TreeNode): TreeNode | null {
  const key = definitionsKey(root);
  if (!root.has(key)) root.set(key, new TreeNode('object'));
  const node = root.get(key)!;
  return node.kind === 'object' ? node : null;
}

/**
 * Moves a schema into the definitions at the root and leaves a reference to it; what refers into it
 * follows. Where null is allowed beside it, that stays where it is.
 * @param name what it is called; a number is put behind it where that is taken
 */
export function extractDefinition(text: string, pointer: string, name: string): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  const { node, keys } = spot;
  if (!spot.owner) return { refusal: 'The root can’t become a definition of itself.' };
  if (spot.keyword === '$defs' || spot.keyword === 'definitions')
    return { refusal: 'It is a definition already.' };
  const wrapped = nullableCore(node);
  if (node.kind !== 'object' || typeOf(wrapped?.node ?? node) === 'reference')
    return { refusal: 'There is nothing to move: it only refers to something.' };
  const definitions = definitionsOf(tree.root);
  if (!definitions) return NO_PLACE;
  const clean = name.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^_+|_+$/g, '') || 'definition';
  const own = freeName(definitions, clean);
  const to = [definitionsKey(tree.root), own];
  const canBeNull = isNullable(node) && !['any', 'null'].includes(typeOf(wrapped?.node ?? node));
  if (canBeNull) removeNull(node);
  const from = wrapped ? [...keys, 'anyOf', String(wrapped.at)] : keys;
  // What refers to it as a whole means it with null.
  const least = canBeNull && !wrapped ? from.length + 1 : from.length;
  followInTree(tree.root, (target) =>
    target.length >= least && from.every((key, at) => target[at] === key)
      ? [...to, ...target.slice(from.length)]
      : null,
  );
  const moved = node.takeOut();
  node.set('$ref', made(refTo(to)));
  definitions.set(own, moved);
  if (canBeNull) makeNullable(node);
  return tree.done(pointer);
}
