import type { DocumentPrefix } from '../../src-core/growing/document-prefix.ts';
import type { GrowingDocument } from '../../src-core/growing/growing-document.ts';

/** A container that is open, and what would close it. */
export interface Unclosed {
  node: number;
  closer: '}' | ']';
  depth: number;
}

/** The containers that are open at a length of a document, the innermost first. */
export function unclosedAt(document: GrowingDocument, prefix: DocumentPrefix): Unclosed[] {
  const unclosed: Unclosed[] = [];
  if (prefix.state !== 'open' || prefix.nodeCount === 0) return unclosed;
  // All that is open is around what began last, or is that.
  for (let node = prefix.nodeCount - 1; node >= 0; node = document.parentOf(node)) {
    const kind = prefix.kindOf(node);
    if (kind !== 'object' && kind !== 'array') continue;
    if (prefix.stateOf(node) === 'closed') continue;
    const closer = kind === 'object' ? '}' : ']';
    unclosed.push({ node, closer, depth: document.depthOf(node) });
  }
  return unclosed;
}
