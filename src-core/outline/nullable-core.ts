import type { TreeNode } from '../strict-schema/json-tree.ts';

/** What may stand beside anyOf without being part of what it allows. */
const BESIDE = new Set([
  ...['anyOf', 'title', 'description', 'default', 'examples', 'deprecated', 'readOnly'],
  ...['writeOnly', '$comment', '$defs', 'definitions', '$schema', '$id'],
]);

/**
 * Of a schema that is `anyOf` of another one and null: that other one, and its position.
 * Null for any other schema.
 */
export function nullableCore(node: TreeNode): { node: TreeNode; at: number } | null {
  const branches = node.kind === 'object' ? node.get('anyOf') : undefined;
  if (branches?.kind !== 'array' || branches.entries.length !== 2) return null;
  if (node.entries.some(({ key }) => !BESIDE.has(key!))) return null;
  const nulls = branches.entries.map(({ node: branch }) => isNullOnly(branch));
  const at = nulls[1] ? 0 : nulls[0] ? 1 : -1;
  const core = at < 0 || (nulls[0] && nulls[1]) ? null : branches.entries[at]!.node;
  return core?.kind === 'object' ? { node: core, at } : null;
}

function isNullOnly(node: TreeNode): boolean {
  return node.kind === 'object' && node.entries.length === 1 && node.string('type') === 'null';
}
