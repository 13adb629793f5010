import type { JsonValue } from '../json.ts';
import type { JsonNode } from '../json-text.ts';

/**
 * A JSON text as a tree that is changed in place. Every part knows where it stood in the text, so that
 * what was not changed is printed as it stood: see `editsOf` in `tree-text.ts`.
 */
export class TreeNode {
  kind: 'object' | 'array' | 'scalar';
  /** Of a scalar. */
  scalar: string | number | boolean | null = null;
  /** Of an object or array, in order; equal keys are all there. */
  entries: TreeEntry[] = [];
  /** Where the value stood in the text, -1 of one that was made. */
  start = -1;
  end = -1;
  isChanged = false;

  constructor(kind: TreeNode['kind']) {
    this.kind = kind;
  }

  /** The value of a key: of equal keys the last, as for `JSON.parse`. */
  get(key: string): TreeNode | undefined {
    return this.entry(key)?.node;
  }
  entry(key: string): TreeEntry | undefined {
    if (this.kind !== 'object') return undefined;
    for (let at = this.entries.length - 1; at >= 0; at--)
      if (this.entries[at]!.key === key) return this.entries[at];
    return undefined;
  }
  has(key: string): boolean {
    return this.entry(key) !== undefined;
  }
  /** The string at a key, undefined where there is none. */
  string(key: string): string | undefined {
    const value = this.get(key)?.scalar;
    return typeof value === 'string' ? value : undefined;
  }

  /** Gives a key another value; a new key goes to the end, or behind `after` where that is. */
  set(key: string, node: TreeNode, after?: string): void {
    this.isChanged = true;
    const entry = this.entry(key);
    if (entry) {
      entry.node = node;
      return;
    }
    const before = after === undefined ? -1 : this.entries.findIndex((one) => one.key === after);
    this.entries.splice(before < 0 ? this.entries.length : before + 1, 0, newEntry(key, node));
  }
  /** Puts another entry in the place of the last one with this key; the others with it go. */
  replace(key: string, newKey: string, node: TreeNode): void {
    const entry = this.entry(key);
    if (!entry) return this.set(newKey, node);
    this.isChanged = true;
    const made = newEntry(newKey, node);
    this.entries = this.entries
      .map((one) => (one === entry ? made : one))
      .filter((one) => one === made || one.key !== key);
  }
  remove(key: string): void {
    const left = this.entries.filter((entry) => entry.key !== key);
    if (left.length === this.entries.length) return;
    this.isChanged = true;
    this.entries = left;
  }
  push(node: TreeNode): void {
    this.isChanged = true;
    this.entries.push(newEntry(null, node));
  }

  /** Moves all that this is into a node of its own, and leaves an empty object. */
  takeOut(): TreeNode {
    const moved = Object.assign(new TreeNode(this.kind), this);
    this.become(new TreeNode('object'));
    return moved;
  }
  /** Takes over all that another node is. */
  become(other: TreeNode): void {
    Object.assign(this, other);
    this.isChanged = true;
  }
  /** Another tree of the same parts, which prints as this one does. */
  copy(): TreeNode {
    const made = Object.assign(new TreeNode(this.kind), this);
    made.entries = this.entries.map((entry) => ({ ...entry, node: entry.node.copy() }));
    return made;
  }
  /** The value as `JSON.parse` gives it. */
  value(): JsonValue {
    if (this.kind === 'scalar') return this.scalar;
    if (this.kind === 'array') return this.entries.map(({ node }) => node.value());
    return Object.fromEntries(this.entries.map(({ key, node }) => [key!, node.value()]));
  }
}

/** A member of an object or an item of an array; offsets are -1 of one that was made. */
export interface TreeEntry {
  readonly key: string | null;
  node: TreeNode;
  /** Its position among the entries in the text. */
  readonly index: number;
  /** Where it begins: with the key, or with the item. */
  readonly start: number;
  readonly keyEnd: number;
  /** Where its first value stood. */
  readonly valueStart: number;
  readonly end: number;
}

export function newEntry(key: string | null, node: TreeNode): TreeEntry {
  return { key, node, index: -1, start: -1, keyEnd: -1, valueStart: -1, end: -1 };
}

/** The tree of a text that `scanJsonText` took. */
export function treeOf(text: string, scanned: JsonNode): TreeNode {
  const { kind, start, end } = scanned;
  const node = new TreeNode(kind === 'object' || kind === 'array' ? kind : 'scalar');
  node.start = start;
  node.end = end;
  if (node.kind === 'scalar') node.scalar = JSON.parse(text.slice(start, end)) as string;
  node.entries =
    kind === 'object'
      ? scanned.members.map(({ key, keyStart, keyEnd, value }, index) => ({
          key,
          node: treeOf(text, value),
          index,
          start: keyStart,
          keyEnd,
          valueStart: value.start,
          end: value.end,
        }))
      : scanned.items.map((item, index) => ({
          key: null,
          node: treeOf(text, item),
          index,
          start: item.start,
          keyEnd: -1,
          valueStart: item.start,
          end: item.end,
        }));
  return node;
}

/** A tree of a value. Trees in it are taken as they are. */
export function made(value: Made): TreeNode {
  if (value instanceof TreeNode) return value;
  if (Array.isArray(value)) {
    const node = new TreeNode('array');
    node.entries = value.map((item) => newEntry(null, made(item)));
    return node;
  }
  if (typeof value === 'object' && value !== null) {
    const node = new TreeNode('object');
    node.entries = Object.entries(value).map(([key, member]) => newEntry(key, made(member)));
    return node;
  }
  const node = new TreeNode('scalar');
  node.scalar = value;
  return node;
}
export type Made = TreeNode | string | number | boolean | null | Made[] | { [key: string]: Made };

/** Whether two trees are the same JSON; the order of keys counts. */
export function isSameTree(one: TreeNode, other: TreeNode): boolean {
  if (one.kind !== other.kind || one.entries.length !== other.entries.length) return false;
  if (one.kind === 'scalar') return one.scalar === other.scalar;
  return one.entries.every((entry, at) => {
    const against = other.entries[at]!;
    return entry.key === against.key && isSameTree(entry.node, against.node);
  });
}
