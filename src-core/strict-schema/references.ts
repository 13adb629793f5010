import { arrayIndexOf, escapeKey, keysOfPointer } from '../growing/pointer.ts';
import { made, type TreeNode } from './json-tree.ts';

/** A `$ref` somewhere in a schema. */
export interface Reference {
  node: TreeNode;
  ref: string;
}

/** Values of these are data, not schemas. */
const DATA = new Set(['enum', 'const', 'default', 'examples', 'required']);
/** Values of these are schemas by name, so their keys are no keywords. */
const MAPS = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
]);

/** All references of a schema, those in unsupported keywords included. */
export class References {
  readonly all: readonly Reference[];
  /** Nodes with a `$dynamicRef`. */
  readonly dynamic: readonly TreeNode[];
  /** The nodes that a name is given to by `$anchor` or `$dynamicAnchor`, with the pointer to each. */
  readonly #anchors = new Map<string, { node: TreeNode; pointer: string }[]>();
  readonly #root: TreeNode;
  /** The members of large objects by key, as they were at first. */
  readonly #keyed = new Map<TreeNode, Map<string | null, TreeNode>>();

  constructor(root: TreeNode) {
    this.#root = root;
    const all: Reference[] = [];
    const dynamic: TreeNode[] = [];
    const path: string[] = [];
    const visit = (node: TreeNode, isMap: boolean): void => {
      for (const [index, { key, node: child }] of node.entries.entries()) {
        const value = child.scalar;
        if (!isMap && typeof value === 'string') {
          if (key === '$ref') all.push({ node, ref: value });
          else if (key === '$dynamicRef') dynamic.push(node);
          else if (key === '$anchor' || key === '$dynamicAnchor') this.#note(value, node, path);
        }
        if (child.kind === 'scalar' || (!isMap && key !== null && DATA.has(key))) continue;
        path.push(key ?? String(index));
        visit(child, !isMap && key !== null && MAPS.has(key));
        path.pop();
      }
    };
    visit(root, false);
    this.all = all;
    this.dynamic = dynamic;
  }

  #note(name: string, node: TreeNode, path: readonly string[]): void {
    const steps = path.map((step) => `/${escapeKey(step).replaceAll('%', '%25')}`);
    const named = this.#anchors.get(name);
    const one = { node, pointer: `#${steps.join('')}` };
    if (named) named.push(one);
    else this.#anchors.set(name, [one]);
  }

  /** What an anchor names, and the reference by pointer to it; null where there is none, or several. */
  anchored(name: string): { node: TreeNode; pointer: string } | null {
    const named = this.#anchors.get(name) ?? [];
    return named.length === 1 ? named[0]! : null;
  }

  /** The schema that a local reference leads to, null for none. */
  resolve(ref: string): TreeNode | null {
    const keys = localKeys(ref);
    if (!keys) return null;
    let node: TreeNode | undefined = this.#root;
    for (const key of keys) {
      node =
        node.kind === 'array' ? node.entries[arrayIndexOf(key)]?.node : this.#memberOf(node, key);
      if (!node) return null;
    }
    return node;
  }

  #memberOf(node: TreeNode, key: string): TreeNode | undefined {
    if (node.entries.length < 16) return node.get(key);
    let keyed = this.#keyed.get(node);
    if (!keyed) {
      keyed = new Map(node.entries.map((entry) => [entry.key, entry.node]));
      this.#keyed.set(node, keyed);
    }
    return keyed.get(key);
  }

  /** The reference by pointer to a node; null where it is not in the schema. */
  pointerOf(wanted: TreeNode): string | null {
    const path: string[] = [];
    const find = (node: TreeNode): boolean =>
      node === wanted ||
      node.entries.some(({ key, node: child }, index) => {
        path.push(`/${escapeKey(key ?? String(index)).replaceAll('%', '%25')}`);
        return find(child) || (path.pop(), false);
      });
    return find(this.#root) ? `#${path.join('')}` : null;
  }

  /** Points every reference into a place to where that has moved. */
  move(from: string, to: string): void {
    for (const { node } of this.all) {
      const ref = node.string('$ref');
      if (ref === from || ref?.startsWith(`${from}/`))
        node.set('$ref', made(to + ref.slice(from.length)));
    }
  }
  /** Whether something refers to a place or into it. */
  leadsInto(place: string): boolean {
    return this.all.some(({ ref }) => ref === place || ref.startsWith(`${place}/`));
  }
}

/** The keys of a reference by JSON pointer (`#/a/b`), null for any other. */
export function localKeys(ref: string): string[] | null {
  if (!ref.startsWith('#')) return null;
  try {
    return keysOfPointer(decodeURIComponent(ref.slice(1)));
  } catch {
    return null;
  }
}

/** Whether a reference is to the root or to one of its definitions. */
export function isToDefinition(ref: string): boolean {
  const keys = localKeys(ref);
  if (!keys) return false;
  return (
    keys.length === 0 || (keys.length === 2 && (keys[0] === '$defs' || keys[0] === 'definitions'))
  );
}

/** A name that the definitions do not have yet. */
export function freeName(definitions: TreeNode | undefined, wanted: string): string {
  let name = wanted;
  for (let number = 2; definitions?.has(name); number++) name = `${wanted}${number}`;
  return name;
}
