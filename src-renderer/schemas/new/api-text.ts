import { parseDocument } from 'yaml';
import { type JsonFault, placeOf, scanJsonText } from '../../../src-core/json-text.ts';
import { newEntry, TreeNode, treeOf } from '../../../src-core/strict-schema/json-tree.ts';

/** The largest description of an API that is read, in characters. */
export const LARGEST_API = 8_000_000;
/** How often parts may be repeated by name in YAML: a few lines can stand for gigabytes. */
const MOST_ALIASES = 1000;
const DEEPEST = 500;

export type ApiText =
  | { root: TreeNode; source: string; fault: null }
  | { root: null; source: string; fault: JsonFault };

/** Reads JSON or YAML, keeping the order of keys. What is no JSON is read as YAML, of which JSON is a part. */
export function readApiText(text: string): ApiText {
  const failed = (message: string, offset = 0): ApiText => ({
    root: null,
    source: text,
    fault: { offset, ...placeOf(text, offset), message },
  });
  if (text.length > LARGEST_API)
    return failed(`it has more than ${LARGEST_API.toLocaleString('en')} characters`);
  if (/^\s*[{[]/.test(text)) {
    const { root, fault } = scanJsonText(text);
    if (root) return { root: treeOf(text, root), source: text, fault: null };
    // YAML may begin with a brace, too; but this is said of JSON.
    return { root: null, source: text, fault };
  }
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, merge: true });
  const [error] = document.errors;
  if (error) return failed(sentence(error.message), Math.min(error.pos[0], text.length));
  try {
    const value: unknown = document.toJS({ mapAsMap: true, maxAliasCount: MOST_ALIASES });
    if (!(value instanceof Map)) return failed('it is no object');
    // Its own text is no JSON: everything is printed anew.
    return { root: treeFrom(value, 0), source: '', fault: null };
  } catch (failure) {
    return failed(sentence(failure instanceof Error ? failure.message : String(failure)));
  }
}

function sentence(message: string): string {
  return message.split('\n')[0]!.replace(/\.$/, '');
}

function treeFrom(value: unknown, depth: number): TreeNode {
  if (depth > DEEPEST) throw new Error(`it is nested deeper than ${DEEPEST} levels`);
  const isList = Array.isArray(value);
  const node = new TreeNode(value instanceof Map ? 'object' : isList ? 'array' : 'scalar');
  if (value instanceof Map)
    for (const [key, member] of value as Map<unknown, unknown>)
      node.entries.push(newEntry(String(key), treeFrom(member, depth + 1)));
  else if (isList)
    for (const item of value) node.entries.push(newEntry(null, treeFrom(item, depth + 1)));
  else node.scalar = scalarOf(value);
  return node;
}

/** What JSON can't say becomes null. */
function scalarOf(value: unknown): TreeNode['scalar'] {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
