import { arrayIndexOf, keysOfPointer } from '../growing/pointer.ts';
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
  readonly #root: TreeNode;
  /** The members of large objects by key, as they were at first. */
  readonly #keyed = new Map<TreeNode, Map<string | null, TreeNode>>();

  constructor(root: TreeNode) {
    this.#root = root;
    const all: Reference[] = [];
    const visit = (node: TreeNode, isMap: boolean): void => {
      for (const { key, node: child } of node.entries) {
        if (!isMap && key === '$ref' && typeof child.scalar === 'string')
          all.push({ node, ref: child.scalar });
        if (child.kind !== 'scalar' && (isMap || key === null || !DATA.has(key)))
          visit(child, !isMap && key !== null && MAPS.has(key));
      }
    };
    visit(root, false);
    this.all = all;
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
