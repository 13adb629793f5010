import type { NodeTable } from './nodes.ts';

interface Names {
  /** The last member of each key, and of a member the one before it with the same key. */
  last: Map<string, number>;
  before: Map<number, number>;
  /** The first child that is not in the maps yet. */
  next: number;
}

/**
 * Finds the members of objects by their keys. An object's keys are read when it is asked for the
 * first time, and those that came since at each later time: each key once.
 */
export class MemberNames {
  readonly #nodes: NodeTable;
  readonly #keyOf: (node: number) => string;
  readonly #objects = new Map<number, Names>();

  constructor(nodes: NodeTable, keyOf: (node: number) => string) {
    this.#nodes = nodes;
    this.#keyOf = keyOf;
  }

  /** The last member of a key whose value begins before `length`, -1 if there is none. */
  find(object: number, key: string, length: number): number {
    const { last, before } = this.#namesOf(object);
    let node = last.get(key) ?? -1;
    while (node >= 0 && this.#nodes.start.at(node) >= length) node = before.get(node) ?? -1;
    return node;
  }

  #namesOf(object: number): Names {
    let names = this.#objects.get(object);
    if (!names) {
      names = { last: new Map(), before: new Map(), next: object + 1 };
      this.#objects.set(object, names);
    }
    const { last, before } = names;
    const nodes = this.#nodes;
    const end = nodes.after(object);
    while (names.next < end && nodes.start.at(names.next) >= 0) {
      const child = names.next;
      // A container that is open is the last child.
      if (last.get(this.#keyOf(child)) !== child) {
        const key = this.#keyOf(child);
        const earlier = last.get(key);
        if (earlier !== undefined) before.set(child, earlier);
        last.set(key, child);
      }
      if (nodes.isContainer(child) && nodes.end.at(child) < 0) break;
      names.next = nodes.after(child);
    }
    return names;
  }
}
