import { isObject, type JsonValue } from '../../src-core/json.ts';

export interface TreeNode {
  pointer: string;
  key: string;
  depth: number;
  value: JsonValue;
  /** How many members it has, -1 for a scalar. */
  members: number;
  isOpen: boolean;
  /** Not a value: stands for so many members that are not listed yet. */
  hidden: number;
}

/** Members listed of one container before it has to be asked for more. */
export const PAGE = 100;

/**
 * The visible rows of a tree of fields. The first two levels are open unless they are long.
 *
 * @param toggled pointers whose node is not as it is by default.
 * @param pages how many pages of a container are listed, where it is more than one.
 */
export function treeNodes(
  value: JsonValue,
  toggled: ReadonlySet<string>,
  pages: ReadonlyMap<string, number>,
): TreeNode[] {
  const nodes: TreeNode[] = [];
  const visit = (key: string, pointer: string, item: JsonValue, depth: number) => {
    const members: [string, JsonValue | undefined][] | null = Array.isArray(item)
      ? item.map((member, index) => [String(index), member])
      : isObject(item)
        ? Object.entries(item)
        : null;
    const count = members?.length ?? -1;
    const byDefault = depth < 2 && count <= 30;
    const isOpen = count > 0 && byDefault !== toggled.has(pointer);
    if (depth >= 0)
      nodes.push({ pointer, key, depth, value: item, members: count, isOpen, hidden: 0 });
    if (!members || (depth >= 0 && !isOpen)) return;
    const limit = PAGE * (pages.get(pointer) ?? 1);
    for (const [name, member] of members.slice(0, limit)) {
      const child = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      visit(name, child, member ?? null, depth + 1);
    }
    if (count > limit)
      nodes.push({
        pointer,
        key: '',
        depth: depth + 1,
        value: null,
        members: -1,
        isOpen: false,
        hidden: count - limit,
      });
  };
  visit('', '', value, -1);
  return nodes;
}

/** A value on one line. */
export function preview(value: JsonValue, members: number): string {
  if (members < 0) {
    const text = JSON.stringify(value);
    return text.length > 400 ? `${text.slice(0, 400)}…` : text;
  }
  if (Array.isArray(value)) return members === 0 ? '[]' : `[${members}]`;
  return members === 0
    ? '{}'
    : `{${Object.keys(value as object)
        .slice(0, 4)
        .join(', ')}${members > 4 ? ', …' : ''}}`;
}
