import type { DocumentPrefix } from '../../src-core/growing/document-prefix.ts';
import type { GrowingDocument } from '../../src-core/growing/growing-document.ts';

/** A value in the tree of a document, or what stands for members that are not listed. */
export interface TreeRow {
  node: number;
  key: string;
  depth: number;
  /** How many members it has so far, -1 for a scalar. */
  members: number;
  isOpen: boolean;
  /** Above 0: no value, but so many more members of `node`. */
  hidden: number;
}

/** Members listed of one container before it has to be asked for more. */
export const PAGE = 100;
/** Levels that are open unless they were closed. */
const OPEN_LEVELS = 2;

/**
 * The rows of the tree of a document as it was. Linear in the members of the containers that are
 * open.
 * @param isToggled whether a container is not open or closed as it is by default
 * @param pagesOf how many pages of a container's members are listed
 */
export function treeRows(
  document: GrowingDocument,
  prefix: DocumentPrefix,
  isToggled: (node: number) => boolean,
  pagesOf: (node: number) => number,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (node: number, depth: number) => {
    const kind = prefix.kindOf(node);
    const isContainer = kind === 'object' || kind === 'array';
    const isOpen = isContainer && depth < OPEN_LEVELS !== isToggled(node);
    const isMember = prefix.keyRangeOf(node) !== null;
    const row: TreeRow = {
      node,
      key: depth === 0 ? '' : isMember ? document.keyOf(node) : String(document.indexOf(node)),
      depth,
      members: -1,
      isOpen,
      hidden: 0,
    };
    rows.push(row);
    if (!isContainer) return;
    row.members = 0;
    const limit = PAGE * pagesOf(node);
    for (const child of prefix.childrenOf(node))
      if (++row.members <= limit && isOpen) visit(child, depth + 1);
    const hidden = row.members - limit;
    if (isOpen && hidden > 0)
      rows.push({ node, key: '', depth: depth + 1, members: -1, isOpen: false, hidden });
  };
  if (prefix.nodeCount > 0) visit(0, 0);
  return rows;
}

/** A value on one line, as far as it was written. */
export function previewOf(
  document: GrowingDocument,
  prefix: DocumentPrefix,
  { node, members }: TreeRow,
): string {
  const kind = prefix.kindOf(node);
  if (kind === 'array') return `[${members}]`;
  if (kind === 'object') {
    const names: string[] = [];
    for (const child of prefix.childrenOf(node)) {
      if (names.length === 4) break;
      names.push(document.keyOf(child));
    }
    return `{${names.join(', ')}${members > names.length ? ', …' : ''}}`;
  }
  if (kind === 'none') return '';
  const start = document.startOf(node);
  const end = prefix.endOf(node);
  return document.slice(start, Math.min(end, start + LONGEST)) + (end > start + LONGEST ? '…' : '');
}
const LONGEST = 400;
