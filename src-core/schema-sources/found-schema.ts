import { valueText } from '../json-edit.ts';
import type { TreeNode } from '../strict-schema/json-tree.ts';
import { nameFinding } from '../strict-schema/request-checks.ts';
import { treeText } from '../strict-schema/tree-layout.ts';

/** A schema that was found in a capture or a file, with what is said of it there. */
export interface FoundSchema {
  kind: 'format' | 'tool';
  /** As it stands there, be it allowed or not; empty where none is given. */
  name: string;
  description: string;
  strict: boolean;
  /** The schema's own characters, at the margin; what stood on one line is spread over several. */
  text: string;
  /** Where it stands in the document, as a JSON pointer. */
  pointer: string;
}

/** The text of a value within a text: only white space between its tokens may be other than it was. */
export function ownText(source: string, node: TreeNode): string {
  const own = valueText(source, node);
  return own.includes('\n') ? own : treeText(node, source);
}

/** A name that a request may have, made of any text; `schema` where nothing is left of it. */
export function allowedName(wanted: string): string {
  const finding = nameFinding(wanted);
  if (!finding) return wanted;
  const name = (finding.fixed ?? '').replace(/^_+|_+$/g, '');
  return name === '' ? 'schema' : name;
}
