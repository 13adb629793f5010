import type { Path } from '../snapshot/draft.ts';

interface Branch<V> {
  value: V | undefined;
  children: Map<string | number, Branch<V>> | null;
}

/** Values by path. All that stands at or below a path is taken out in time for what is taken. */
export class PathTree<V> {
  #root: Branch<V> = { value: undefined, children: null };

  get(path: Path): V | undefined {
    let branch: Branch<V> | undefined = this.#root;
    for (const key of path) {
      branch = branch.children?.get(key);
      if (!branch) return undefined;
    }
    return branch.value;
  }

  set(path: Path, value: V): void {
    let branch = this.#root;
    for (const key of path) {
      const children: Map<string | number, Branch<V>> = (branch.children ??= new Map());
      let child = children.get(key);
      if (!child) children.set(key, (child = { value: undefined, children: null }));
      branch = child;
    }
    branch.value = value;
  }

  /** Whether a value stands at a path or below it. */
  has(path: Path): boolean {
    let branch: Branch<V> | undefined = this.#root;
    for (const key of path) {
      branch = branch.children?.get(key);
      if (!branch) return false;
    }
    return branch.value !== undefined || (branch.children?.size ?? 0) > 0;
  }

  /** Takes out what stands at a path or below it. */
  take(path: Path): V[] {
    const trail: Branch<V>[] = [];
    let branch: Branch<V> | undefined = this.#root;
    for (const key of path) {
      trail.push(branch);
      branch = branch.children?.get(key);
      if (!branch) return [];
    }
    const taken = valuesOf(branch);
    branch.value = undefined;
    branch.children = null;
    // Branches that lead nowhere are cut, so that `has` need not look into them.
    for (let depth = trail.length - 1; depth >= 0; depth--) {
      const { value, children } = trail[depth]!;
      children!.delete(path[depth]!);
      if (value !== undefined || children!.size > 0) break;
    }
    return taken;
  }

  values(): V[] {
    return valuesOf(this.#root);
  }
}

function valuesOf<V>(from: Branch<V>): V[] {
  const found: V[] = [];
  const rest = [from];
  for (let branch = rest.pop(); branch; branch = rest.pop()) {
    if (branch.value !== undefined) found.push(branch.value);
    if (branch.children) for (const child of branch.children.values()) rest.push(child);
  }
  return found;
}
