import { ByteColumn, IntColumn } from './columns.ts';

/** `none`: a member of an object whose key has begun and whose value has not. */
export type NodeKind = 'none' | 'object' | 'array' | 'string' | 'number' | 'keyword';
/** `broken`: it was open where the text stopped being JSON. */
export type NodeState = 'open' | 'closed' | 'broken';

export const NODE_KINDS: readonly NodeKind[] = [
  'none',
  'object',
  'array',
  'string',
  'number',
  'keyword',
];
export const Kind = { none: 0, object: 1, array: 2, string: 3, number: 4, keyword: 5 } as const;

/**
 * The nodes of a document, one row each, in the order in which they begin: a node's descendants are
 * the rows after it. 29 bytes a node.
 */
export class NodeTable {
  readonly kind = new ByteColumn();
  /** The container, -1 for the root. */
  readonly parent = new IntColumn();
  /** How many containers are around it. */
  readonly depth = new IntColumn();
  /** The position in the container. */
  readonly index = new IntColumn();
  /** Where the key begins, or the value where there is no key. Ascending. */
  readonly begin = new IntColumn();
  /** Where the key ends, -1 while it is open or where there is none. */
  readonly keyEnd = new IntColumn();
  /** Where the value begins, -1 while it has not. */
  readonly start = new IntColumn();
  /** Where the value ends, -1 unless it is closed. */
  readonly end = new IntColumn();

  get count(): number {
    return this.begin.length;
  }

  /** Begins a node at `begin`, with the key if it is a member of an object, else with the value. */
  push(kind: number, parent: number, index: number, begin: number): number {
    const node = this.begin.length;
    this.kind.push(kind);
    this.parent.push(parent);
    this.depth.push(parent < 0 ? 0 : this.depth.at(parent) + 1);
    this.index.push(index);
    this.begin.push(begin);
    this.keyEnd.push(-1);
    this.start.push(kind === Kind.none ? -1 : begin);
    this.end.push(-1);
    return node;
  }

  isContainer(node: number): boolean {
    const kind = this.kind.at(node);
    return kind === Kind.object || kind === Kind.array;
  }

  /** Whether the node is a member of an object, with a key. */
  isMember(node: number): boolean {
    const parent = this.parent.at(node);
    return parent >= 0 && this.kind.at(parent) === Kind.object;
  }

  /** The first node after a node and all that is in it. O(log n) for a container, else O(1). */
  after(node: number): number {
    if (!this.isContainer(node)) return node + 1;
    const end = this.end.at(node);
    return end < 0 ? this.count : this.begin.countBelow(end, node + 1);
  }

  /** The children among the nodes below `count`, in order. */
  *childrenOf(node: number, count = this.count): Generator<number, void> {
    if (!this.isContainer(node)) return;
    const end = Math.min(this.after(node), count);
    for (let child = node + 1; child < end; child = this.after(child)) yield child;
  }

  /**
   * The child at a position, -1 if there is none. O(1) where no container is among those before it,
   * else a binary search over all descendants, each of which has to climb to the child it is in.
   */
  childAt(node: number, index: number): number {
    if (!this.isContainer(node)) return -1;
    let low = node + 1;
    let high = this.after(node) - 1;
    for (let probe = low + index; low <= high; probe = (low + high) >>> 1) {
      if (probe > high) probe = high;
      let child = probe;
      while (this.parent.at(child) !== node) child = this.parent.at(child);
      const found = this.index.at(child);
      if (found === index) return child;
      if (found < index) low = probe + 1;
      else high = child - 1;
    }
    return -1;
  }
}
