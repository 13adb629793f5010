import type { Fix, Linting } from './finding.ts';
import { made, TreeNode } from './json-tree.ts';
import { freeName, References } from './references.ts';
import { addType, impliedType } from './type-checks.ts';

const DEFINITIONS = ['$defs', 'definitions', '$schema', '$id'];

/** S01 and S02: the root is an object, and no union. */
export function checkRoot(lint: Linting): void {
  const { root } = lint;
  const union = root.get('anyOf');
  const wrap: Fix = {
    title: 'Wrap in an object with the property result',
    apply: () => {
      if (root.string('type') !== 'object' || root.has('anyOf')) wrapRoot(root);
    },
  };
  if (root.string('type') !== 'object') {
    const type = root.get('type');
    const what = type ? JSON.stringify(type.value()) : 'none';
    const isObject = !type && impliedType(root) === 'object' && !union && !root.has('oneOf');
    const message = `The root must have "type": "object"; its type is ${what}.`;
    const said = `schema must be a JSON Schema of 'type: "object"', got 'type: ${type ? what : '"None"'}'.`;
    const fixes = root.kind !== 'object' ? [] : isObject ? [addType(root, 'object'), wrap] : [wrap];
    lint.addToRoot('S01', message, said, fixes);
  }
  if (!union) return;
  const only = union.entries.length === 1 ? union.entries[0]!.node : null;
  const unwrap: Fix = { title: 'Put its one branch in its place', apply: () => unwrapRoot(root) };
  const said =
    "schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.";
  const message =
    'The root must not be a union: anyOf may only stand in properties, items and definitions.';
  const isFree = only?.kind === 'object' && only.entries.every(({ key }) => fits(root, only, key!));
  const entry = root.entry('anyOf')!;
  const label = { start: entry.start, end: entry.keyEnd };
  const fixes = isFree ? [unwrap, wrap] : [wrap];
  // Of response formats no such answer was seen.
  const answer = lint.use === 'function' ? { ofWhole: said } : null;
  lint.add('S02', lint.places[0]!, label, message, answer, fixes);
}

function fits(root: TreeNode, branch: TreeNode, key: string): boolean {
  const own = root.get(key);
  return !own || (own.kind === 'scalar' && own.scalar === branch.get(key)!.scalar);
}

function unwrapRoot(root: TreeNode): void {
  const branch = root.get('anyOf')?.entries[0]?.node;
  if (!branch) return;
  root.remove('anyOf');
  for (const { key, node } of branch.entries) if (!root.has(key!)) root.set(key!, node);
}

/**
 * Makes the root an object whose property `result` is what the root was. Definitions stay at the root;
 * where the schema refers to itself or into itself, it becomes one of them.
 */
function wrapRoot(root: TreeNode): void {
  const result = root.takeOut();
  const { all } = new References(result);
  const kept = DEFINITIONS.flatMap((key) => {
    const node = result.get(key);
    result.remove(key);
    return node ? [{ key, node }] : [];
  });
  const isInto = (ref: string) =>
    /^#(?:\/|$)/.test(ref) && !/^#\/(?:\$defs|definitions)\//.test(ref);
  const inner = all.filter(({ node }) => isInto(node.string('$ref') ?? '.'));
  const definitions = kept.find(({ key }) => key === '$defs')?.node ?? new TreeNode('object');
  const name = freeName(definitions, 'result');
  for (const { node } of inner)
    node.set('$ref', made(`#/$defs/${name}${node.string('$ref')!.slice(1)}`));
  const property = inner.length > 0 ? made({ $ref: `#/$defs/${name}` }) : result;
  root.set('type', made('object'));
  root.set('properties', made({ result: property }));
  root.set('required', made(['result']));
  root.set('additionalProperties', made(false));
  if (inner.length > 0) {
    definitions.set(name, result);
    if (!kept.some(({ key }) => key === '$defs')) kept.push({ key: '$defs', node: definitions });
  }
  for (const { key, node } of kept) root.set(key, node);
}
