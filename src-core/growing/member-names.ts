import type { NodeTable } from './nodes.ts';

interface Names {
  /** The last member of each key, and of a member the one before it with the same key. */
  last: Map<string, number>;
  before: Map<number, number>;
  /** The last child in the maps, and the one to go on with: the same while it is open. */
  newest: number;
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
      names = { last: new Map(), before: new Map(), newest: -1, next: object + 1 };
      this.#objects.set(object, names);
    }
    const nodes = this.#nodes;
    const end = nodes.after(object);
    while (names.next < end && nodes.start.at(names.next) >= 0) {
      const child = names.next;
      if (child !== names.newest) this.#add(names, child);
      // Where it ends is not known yet.
      if (nodes.isContainer(child) && nodes.end.at(child) < 0) break;
      names.next = nodes.after(child);
    }
    return names;
  }

  #add(names: Names, child: number): void {
    const key = this.#keyOf(child);
    const earlier = names.last.get(key);
    if (earlier !== undefined) names.before.set(child, earlier);
    names.last.set(key, child);
    names.newest = child;
  }
}
