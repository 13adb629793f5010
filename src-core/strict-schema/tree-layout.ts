import type { TreeEntry, TreeNode } from './json-tree.ts';

/** A container of scalars that is no longer than this goes on one line. */
const SHORT = 60;

/**
 * A tree as a text of its own, indented by two spaces, its short containers on one line.
 * @param source the text that the tree was read from: what was not made anew keeps its characters, so
 *   that long numbers and escapes stay as they were written
 */
export function treeText(root: TreeNode, source = ''): string {
  return `${laidOut(root, source, '', 0)}\n`;
}

function laidOut(node: TreeNode, source: string, margin: string, column: number): string {
  if (node.kind === 'scalar') return scalarText(node, source);
  const inline = inlineText(node, source);
  if (inline !== null && inline.length <= SHORT && column + inline.length <= 100) return inline;
  const [open, close] = node.kind === 'array' ? '[]' : '{}';
  const inner = `${margin}  `;
  const lines = node.entries.map((entry) => {
    const key = keyText(entry, source);
    return inner + key + laidOut(entry.node, source, inner, inner.length + key.length);
  });
  return `${open}\n${lines.join(',\n')}\n${margin}${close}`;
}

/** On one line; null where something in it is more than a list of scalars. */
function inlineText(node: TreeNode, source: string): string | null {
  const [open, close] = node.kind === 'array' ? '[]' : '{}';
  if (node.entries.length === 0) return open! + close!;
  const parts: string[] = [];
  let length = 0;
  for (const entry of node.entries) {
    const { node: child } = entry;
    const isList = node.kind === 'object' && child.kind === 'array';
    const text =
      child.kind === 'scalar'
        ? scalarText(child, source)
        : isList || child.entries.length === 0
          ? inlineText(child, source)
          : null;
    if (text === null) return null;
    const part = keyText(entry, source) + text;
    parts.push(part);
    if ((length += part.length + 2) > SHORT + 2) return null;
  }
  const pad = node.kind === 'array' ? '' : ' ';
  return open + pad + parts.join(', ') + pad + close;
}

function keyText({ key, start, keyEnd }: TreeEntry, source: string): string {
  if (key === null) return '';
  return `${start >= 0 && source !== '' ? source.slice(start, keyEnd) : JSON.stringify(key)}: `;
}

function scalarText({ scalar, start, end, isChanged }: TreeNode, source: string): string {
  const isKept = start >= 0 && !isChanged && source !== '';
  return isKept ? source.slice(start, end) : JSON.stringify(scalar);
}
