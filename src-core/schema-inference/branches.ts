import type { TreeNode } from '../strict-schema/json-tree.ts';

/** Names that say of an object what kind it is. */
const TELLING = /^_?(?:type|kind|op|action|event|role|object|tag|variant)$/i;
const MOST_KINDS = 12;
const LONGEST = 40;

export interface Branches {
  key: string;
  /** By the value of the key, in order of appearance. */
  groups: Map<string, TreeNode[]>;
}

/**
 * The key that tells apart objects of several kinds; null where they are of one kind. All have the key,
 * those with the same value have the same members, and those with different values have not.
 */
export function branchesOf(objects: readonly TreeNode[]): Branches | null {
  const shapes = objects.map(shapeOf);
  if (objects.length < 2 || shapes.every((shape) => shape === shapes[0])) return null;
  for (const { key } of objects[0]!.entries) {
    if (!TELLING.test(key!)) continue;
    const groups = new Map<string, TreeNode[]>();
    const shapeOfKind = new Map<string, string>();
    const fits = objects.every((object, at) => {
      const kind = object.string(key!);
      if (kind === undefined || kind === '' || kind.length > LONGEST) return false;
      const group = groups.get(kind);
      if (group) group.push(object);
      else groups.set(kind, [object]);
      const known = shapeOfKind.get(kind);
      if (known === undefined) shapeOfKind.set(kind, shapes[at]!);
      return (known ?? shapes[at]) === shapes[at] && groups.size <= MOST_KINDS;
    });
    if (fits && groups.size > 1) return { key: key!, groups };
  }
  return null;
}

/** The keys of an object, whatever their order. */
function shapeOf(object: TreeNode): string {
  return JSON.stringify([...new Set(object.entries.map(({ key }) => key))].sort());
}
