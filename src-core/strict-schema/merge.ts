import { isSameTree, made, TreeNode } from './json-tree.ts';
import type { References } from './references.ts';

/** The branches of an allOf as they are merged; null where one of them can't be. */
export function mergeableBranches(node: TreeNode, references: References): TreeNode[] | null {
  const list = node.get('allOf');
  if (list?.kind !== 'array' || list.entries.length === 0 || node.has('$ref')) return null;
  const isOnly = list.entries.length === 1;
  const branches: TreeNode[] = [];
  for (const { node: branch } of list.entries) {
    const ref = branch.string('$ref');
    // One reference takes the place of allOf; of several, the definitions are copied.
    const target = ref !== undefined && !isOnly ? references.resolve(ref) : branch;
    if (target?.kind !== 'object') return null;
    if (target !== branch && (branch.entries.length > 1 || !canCopy(target))) return null;
    branches.push(target);
  }
  const trial = shell(node);
  return branches.every((branch) => mergeInto(trial, branch)) ? branches : null;
}

/** A copy that merging changes instead of the original; what it does not change is shared. */
function shell(node: TreeNode): TreeNode {
  const made = Object.assign(new TreeNode(node.kind), node);
  made.entries = node.entries.map((entry) => {
    const isChanged = entry.key === 'properties' || entry.key === 'required';
    if (!isChanged) return { ...entry };
    const inner = Object.assign(new TreeNode(entry.node.kind), entry.node);
    inner.entries = [...inner.entries];
    return { ...entry, node: inner };
  });
  return made;
}

/** A definition that is longer is not copied to where it is used. */
const MOST_COPIED = 8000;

/** Whether a definition may be copied: it is short, and nothing is in it that has to go first. */
export function canCopy(node: TreeNode): boolean {
  return node.end - node.start <= MOST_COPIED && isPlain(node);
}

function isPlain(node: TreeNode): boolean {
  if (
    node.kind === 'object' &&
    (node.has('allOf') || (node.has('$ref') && node.entries.length > 1))
  )
    return false;
  return node.entries.every((entry) => isPlain(entry.node));
}

/** Adds what a schema asks to another; false, with that half done, where both say different things. */
export function mergeInto(node: TreeNode, branch: TreeNode): boolean {
  for (const { key, node: value } of branch.entries) {
    const own = node.get(key!);
    if (key === 'additionalProperties') {
      // Each branch closes itself to the others' properties; S05 closes the whole.
      if (!branch.has('properties') && value.kind === 'object') return false;
    } else if (!own) node.set(key!, value);
    else if (key === 'properties') {
      if (!mergeMembers(own, value)) return false;
    } else if (key === 'required' && own.kind === 'array') {
      const names = new Set(own.entries.map((entry) => entry.node.scalar));
      for (const { node: name } of value.entries)
        if (!names.has(name.scalar)) own.push(name.copy());
    } else if (key === 'description' && own.kind === 'scalar') {
      if (own.scalar !== value.scalar)
        node.set('description', made(`${String(own.scalar)} ${String(value.scalar)}`));
    } else if (!isSameTree(own, value)) return false;
  }
  return true;
}

function mergeMembers(own: TreeNode, others: TreeNode): boolean {
  if (own.kind !== 'object' || others.kind !== 'object') return isSameTree(own, others);
  for (const { key, node } of others.entries) {
    const known = own.get(key!);
    if (!known) own.set(key!, node);
    else if (!isSameTree(known, node)) return false;
  }
  return true;
}
