import { made, newEntry, type TreeNode } from '../strict-schema/json-tree.ts';
import { nullableCore } from './nullable-core.ts';

/** The reverse of `makeNullable`: null is no instance any more, where something else is. */
export function removeNull(node: TreeNode): void {
  if (node.kind !== 'object') return;
  const wrapped = nullableCore(node);
  if (wrapped) return unwrap(node, wrapped.node);
  const type = node.get('type');
  if (type?.kind === 'array') {
    const left = type.entries.filter((entry) => entry.node.scalar !== 'null');
    if (left.length === 1) node.set('type', left[0]!.node);
    else if (left.length > 1) keep(type, left);
  }
  for (const [key, isNull] of [
    ['enum', (one: TreeNode) => one.kind === 'scalar' && one.scalar === null],
    ['anyOf', isNullSchema],
    ['oneOf', isNullSchema],
  ] as const) {
    const list = node.get(key);
    const left = list?.kind === 'array' ? list.entries.filter((entry) => !isNull(entry.node)) : [];
    if (left.length > 0) keep(list!, left);
  }
}

function isNullSchema(node: TreeNode): boolean {
  return node.kind === 'object' && node.entries.length === 1 && node.string('type') === 'null';
}

function keep(list: TreeNode, entries: TreeNode['entries']): void {
  if (entries.length === list.entries.length) return;
  list.isChanged = true;
  list.entries = entries;
}

/** Puts what the one branch says in the place of the union; what is said around it stays. */
function unwrap(node: TreeNode, core: TreeNode): void {
  const at = node.entries.findIndex(({ key }) => key === 'anyOf');
  const own = node.entries.filter(({ key }) => key !== 'anyOf');
  const known = new Set(own.map(({ key }) => key));
  const inner = core.entries.flatMap(({ key, node: value }) =>
    known.has(key) ? [] : [newEntry(key, value)],
  );
  node.isChanged = true;
  node.entries = [...own.slice(0, at), ...inner, ...own.slice(at)];
}

/** The type first, or in the place of what said so before. */
export function setType(node: TreeNode, type: string, instead?: string): void {
  if (node.has('type')) {
    if (node.string('type') !== type) node.set('type', made(type));
  } else if (instead !== undefined && node.has(instead)) node.replace(instead, 'type', made(type));
  else {
    const { entries } = node;
    node.entries = [];
    node.set('type', made(type));
    node.entries.push(...entries);
  }
}
