import { isSameTree, made, TreeNode } from './json-tree.ts';
import { typesOf } from './places.ts';
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
  return branches.every((branch) => mergeInto(trial, branch.copy())) ? branches : null;
}

/** A copy that merging changes instead of the original; what it does not change is shared. */
function shell(node: TreeNode): TreeNode {
  const made = Object.assign(new TreeNode(node.kind), node);
  made.entries = node.entries.map((entry) => {
    const isChanged = entry.key === 'properties' || entry.key === 'required';
    if (!isChanged) return { ...entry };
    const inner = Object.assign(new TreeNode(entry.node.kind), entry.node);
    inner.entries = [...inner.entries.map((one) => ({ ...one }))];
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

/** Adds what a schema asks to another; false, with that half done, where both can't be said at once. */
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
    } else if (!isSameTree(own, value)) {
      const both = inBoth(key!, own, value);
      if (!both) return false;
      node.set(key!, both);
    }
  }
  return true;
}

function mergeMembers(own: TreeNode, others: TreeNode): boolean {
  if (own.kind !== 'object' || others.kind !== 'object') return isSameTree(own, others);
  for (const { key, node } of others.entries) {
    const known = own.get(key!);
    if (!known) own.set(key!, node);
    else if (!isSameTree(known, node)) {
      const both = inBoth('items', known, node);
      if (!both) return false;
      own.set(key!, both);
    }
  }
  return true;
}

/** The value of a keyword that says what two values of it say together; null where none does. */
function inBoth(key: string, own: TreeNode, other: TreeNode): TreeNode | null {
  if (key === 'title') return own;
  if (key === 'type') return commonTypes(own, other);
  if (key === 'items') {
    // A reference stands alone, and what is in allOf has to be merged first.
    const isPlainSchema = (one: TreeNode) =>
      one.kind === 'object' && !one.has('$ref') && !one.has('allOf');
    if (!isPlainSchema(own) || !isPlainSchema(other)) return null;
    const both = own.copy();
    return mergeInto(both, other.copy()) ? both : null;
  }
  if (key === 'enum' && own.kind === 'array' && other.kind === 'array') {
    const allowed = new Set(other.entries.map((entry) => JSON.stringify(entry.node.value())));
    const common = own.entries.filter(({ node }) => allowed.has(JSON.stringify(node.value())));
    return common.length > 0 ? made(common.map(({ node }) => node.copy())) : null;
  }
  const [one, two] = [own.scalar, other.scalar];
  if (key === 'uniqueItems' && typeof one === 'boolean' && typeof two === 'boolean')
    return made(one || two);
  if (typeof one !== 'number' || typeof two !== 'number') return null;
  if (/^(?:min|exclusiveMin)/.test(key)) return one > two ? own : other;
  return /^(?:max|exclusiveMax)/.test(key) ? (one < two ? own : other) : null;
}

function commonTypes(own: TreeNode, other: TreeNode): TreeNode | null {
  const [one, two] = [typesOf(made({ type: own })), typesOf(made({ type: other }))];
  const common = one.flatMap((type) => {
    if (two.includes(type)) return type;
    if (type === 'number' && two.includes('integer')) return 'integer';
    return type === 'integer' && two.includes('number') ? 'integer' : [];
  });
  const types = [...new Set(common)];
  if (types.length === 0) return null;
  return made(types.length === 1 ? types[0]! : types);
}
