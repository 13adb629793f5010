import { escapeKey } from '../growing/pointer.ts';
import { made, type TreeNode } from '../strict-schema/json-tree.ts';
import { localKeys, References } from '../strict-schema/references.ts';
import type { TextEdit } from '../strict-schema/tree-text.ts';

/** A reference to the place that keys lead to: a JSON pointer as the fragment of a URI. */
export function refTo(keys: readonly string[]): string {
  return `#${keys.map((key) => `/${fragment(escapeKey(key))}`).join('')}`;
}

function fragment(key: string): string {
  try {
    return encodeURI(key).replaceAll('#', '%23');
  } catch {
    // A lone surrogate has no encoding.
    return key;
  }
}

/** Where a place goes to: the keys of it then; null where it stays. */
export type Moving = (keys: readonly string[]) => readonly string[] | null;

/** A place, and all within it, that gets other keys. */
export function movingFrom(from: readonly string[], to: readonly string[]): Moving {
  return (keys) =>
    from.every((key, at) => keys[at] === key) ? [...to, ...keys.slice(from.length)] : null;
}

function moved(root: TreeNode, moving: Moving): { node: TreeNode; ref: string }[] {
  return new References(root).all.flatMap(({ node, ref }) => {
    const keys = localKeys(ref);
    const to = keys && moving(keys);
    return to ? [{ node, ref: refTo(to) }] : [];
  });
}

/** Points the references of a tree to where things have moved. */
export function followInTree(root: TreeNode, moving: Moving): void {
  for (const { node, ref } of moved(root, moving)) node.set('$ref', made(ref));
}

/** The same as edits of the text of an unchanged tree. */
export function followInText(root: TreeNode, moving: Moving): TextEdit[] {
  return moved(root, moving).map(({ node, ref }) => {
    const { start, end } = node.get('$ref')!;
    return { start, end, text: JSON.stringify(ref) };
  });
}
