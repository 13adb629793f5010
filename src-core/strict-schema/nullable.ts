import { made, type TreeNode } from './json-tree.ts';

const ANNOTATIONS = ['title', 'description'];
/** Keywords under which null is no instance unless they say so. */
const CLOSED = ['$ref', 'const', 'allOf', 'not', 'if'];

/** Changes a schema so that null is an instance of it, too. */
export function makeNullable(node: TreeNode): void {
  if (node.kind !== 'object' || isNullable(node)) return;
  if (CLOSED.some((key) => node.has(key))) return wrap(node);
  const type = node.get('type');
  if (type?.kind === 'array') addNull(type, 'null');
  else if (type && type.scalar !== 'null') {
    node.set('type', made([type.copy(), 'null']));
  }
  const values = node.get('enum');
  if (values?.kind === 'array') addNull(values, null);
  for (const key of ['anyOf', 'oneOf']) {
    const branches = node.get(key);
    if (branches?.kind === 'array' && !branches.entries.some((entry) => isNullable(entry.node)))
      branches.push(made({ type: 'null' }));
  }
}

function addNull(list: TreeNode, value: 'null' | null): void {
  if (!list.entries.some(({ node }) => node.kind === 'scalar' && node.scalar === value))
    list.push(made(value));
}

/** A union with null around all but what describes it. */
function wrap(node: TreeNode): void {
  const inner = node.takeOut();
  const kept = ANNOTATIONS.flatMap((key) => {
    const value = inner.get(key);
    inner.remove(key);
    return value ? [[key, value] as const] : [];
  });
  for (const [key, value] of kept) node.set(key, value);
  node.set('anyOf', made([inner, { type: 'null' }]));
}

/** Whether null is an instance for all that type, enum and unions say; not followed through `$ref`. */
export function isNullable(node: TreeNode): boolean {
  if (node.kind !== 'object') return node.scalar === true;
  const { kind, entries, scalar } = node.get('type') ?? {};
  if (kind === 'array' && !entries!.some((entry) => entry.node.scalar === 'null')) return false;
  if (kind === 'scalar' && scalar !== 'null') return false;
  const values = node.get('enum');
  if (values && !values.entries.some((entry) => isNull(entry.node))) return false;
  const constant = node.get('const');
  if (constant) return isNull(constant);
  if (['$ref', 'allOf', 'not', 'if'].some((key) => node.has(key))) return false;
  return ['anyOf', 'oneOf'].every(
    (key) => node.get(key)?.entries.some((entry) => isNullable(entry.node)) ?? true,
  );
}

function isNull(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.scalar === null;
}
