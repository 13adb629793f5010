import type { TreeEntry, TreeNode } from './json-tree.ts';

/** A schema within a schema. */
export interface Place {
  node: TreeNode;
  parent: Place | null;
  /** From the parent to this: `properties` and a name, `items`, `anyOf` and a position ... */
  steps: readonly string[];
  /** The member that it is the value of; null of the root and of branches. */
  entry: TreeEntry | null;
  /** How many objects and arrays are around it, and itself: a definition begins anew. */
  depth: number;
}

const MAPS = ['properties', '$defs', 'definitions'];
const ONES = ['items', 'additionalProperties'];
const LISTS = ['anyOf', 'oneOf'];

/**
 * The schemas of a schema, in the order of the text. Not what is in keywords that strict mode lacks:
 * that goes, or is written anew, and then it is looked at.
 */
export function placesOf(root: TreeNode): Place[] {
  const places: Place[] = [];
  const visit = (
    node: TreeNode,
    parent: Place | null,
    steps: readonly string[],
    entry: TreeEntry | null,
  ): void => {
    const isDefinition = steps[0] === '$defs' || steps[0] === 'definitions';
    const around = isDefinition ? 0 : (parent?.depth ?? 0);
    const depth = around + (typesOf(node).some(isNesting) || node.has('properties') ? 1 : 0);
    const place: Place = { node, parent, steps, entry, depth };
    places.push(place);
    for (const member of node.entries) {
      const key = member.key!;
      const { kind, entries } = member.node;
      if (node.kind !== 'object') break;
      if (MAPS.includes(key) && kind === 'object')
        for (const inner of entries) visit(inner.node, place, [key, inner.key!], inner);
      else if (LISTS.includes(key) && kind === 'array')
        entries.forEach((inner, at) => visit(inner.node, place, [key, String(at)], null));
      else if (ONES.includes(key) && (kind === 'object' || (key === 'items' && kind === 'scalar')))
        visit(member.node, place, [key], member);
    }
  };
  visit(root, null, [], null);
  return places;
}

const NONE: readonly string[] = [];

function isNesting(type: string): boolean {
  return type === 'object' || type === 'array';
}

/** What `type` names, be it one or a list. */
export function typesOf(node: TreeNode): readonly string[] {
  const type = node.get('type');
  if (!type) return NONE;
  if (typeof type.scalar === 'string') return [type.scalar];
  return type.entries.flatMap(({ node: { scalar } }) =>
    typeof scalar === 'string' ? [scalar] : [],
  );
}

export function isObjectSchema(node: TreeNode): boolean {
  return typesOf(node).includes('object') || (!node.has('type') && node.has('properties'));
}

/** The keys that lead to a place. */
export function stepsTo(place: Place): string[] {
  const steps: string[][] = [];
  for (let at: Place | null = place; at; at = at.parent) steps.push([...at.steps]);
  return steps.reverse().flat();
}

/** Where a server's message would say it is: a tuple as Python prints it. */
export function contextOf(place: Place): string {
  const steps = stepsTo(place).map((step) => `'${step}'`);
  return steps.length === 1 ? `(${steps[0]},)` : `(${steps.join(', ')})`;
}

/** A place in the words of who wrote the schema: `order.items[].price`; `the root`. */
export function nameOf(place: Place): string {
  let name = '';
  for (let at: Place | null = place; at?.parent; at = at.parent) name = stepName(at.steps) + name;
  return name === '' ? 'the root' : name.replace(/^\./, '');
}

function stepName([keyword, name]: readonly string[]): string {
  if (keyword === 'properties') return `.${name}`;
  if (keyword === 'items') return '[]';
  if (keyword === 'additionalProperties') return '.*';
  return `.${keyword}/${name}`;
}
