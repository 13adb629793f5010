import { type JsonFault, scanJsonText } from '../json-text.ts';
import { type TreeNode, treeOf } from '../strict-schema/json-tree.ts';
import { allowedName, type FoundSchema } from './found-schema.ts';
import { schemasIn } from './schemas-in.ts';

/** What a file turned out to be. `example`: JSON that looks like data, of which a schema may be inferred. */
export type FileKind = 'schema' | 'body' | 'wrapper' | 'openapi' | 'example' | 'broken';

export interface SchemaFile {
  kind: FileKind;
  found: FoundSchema[];
  /** What was taken, in a sentence. */
  said: string;
  fault: JsonFault | null;
}

/** Keywords that schemas have and data hardly has. */
const KEYWORDS = [
  'type',
  'properties',
  '$ref',
  'anyOf',
  'oneOf',
  'allOf',
  'enum',
  'items',
  '$defs',
];
const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/**
 * Finds the schemas in the text of a file, or in what was pasted. A text that is no JSON is handed on as
 * it is, with what is wrong with it: it may be mended in the editor.
 */
export function schemasOfFile(text: string, fileName: string): SchemaFile {
  const source = text.replace(/^\ufeff/, '');
  const { root: scanned, fault } = scanJsonText(source);
  const name = allowedName(fileName.replace(/^.*[/\\]/, '').replace(/(?:\.schema)?\.\w+$/, ''));
  if (!scanned) {
    if (/^\s*(?:openapi|swagger)\s*:/m.test(source.slice(0, 2000))) return openapi();
    const found = [schema(name, source)];
    return { kind: 'broken', found, said: 'It is no JSON. It opens as it stands.', fault };
  }
  const root = treeOf(source, scanned);
  if (root.has('openapi') || root.has('swagger')) return openapi();
  const inner = schemasIn(source, root);
  if (inner.length > 0) {
    const what = root.kind === 'array' ? 'a list of tools' : 'a request or a response';
    return { kind: 'body', found: inner, said: `Taken out of ${what}.`, fault: null };
  }
  const wrapped = wrapperOf(source, root);
  if (wrapped)
    return { kind: 'wrapper', found: [wrapped], said: 'Taken out of its wrapper.', fault: null };
  if (!looksLikeSchema(root))
    return {
      kind: 'example',
      found: [],
      said: 'It is no schema: it looks like data.',
      fault: null,
    };
  const title = root.string('title');
  const found = { ...schema(title ? allowedName(title) : name, source) };
  found.description = root.string('description') ?? '';
  return { kind: 'schema', found: [found], said: 'The file is a schema.', fault: null };
}

function openapi(): SchemaFile {
  return { kind: 'openapi', found: [], said: 'It describes an API.', fault: null };
}

function schema(name: string, text: string): FoundSchema {
  return { kind: 'format', name, description: '', strict: true, text, pointer: '' };
}

/** `{name, schema}`, `{json_schema: {...}}`, or a single function. */
function wrapperOf(source: string, root: TreeNode): FoundSchema | null {
  if (root.kind !== 'object' || root.has('properties')) return null;
  const around = `{"response_format":${source}}`;
  const asTools = `[${source}]`;
  for (const [text, key] of [
    [around, '/response_format'],
    [asTools, '/0'],
  ] as const) {
    const { root: scanned } = scanJsonText(text);
    const [found] = scanned ? schemasIn(text, treeOf(text, scanned)) : [];
    if (found) return { ...found, pointer: found.pointer.slice(key.length) };
  }
  return null;
}

function looksLikeSchema(root: TreeNode): boolean {
  if (root.kind !== 'object') return root.scalar === true || root.scalar === false;
  if (root.entries.length === 0 || root.has('$schema')) return true;
  const type = root.get('type');
  if (type?.kind === 'scalar' && !TYPES.has(String(type.scalar))) return false;
  return KEYWORDS.some((key) => {
    const value = root.get(key);
    if (!value) return false;
    if (key === 'properties' || key === '$defs' || key === 'items') return value.kind === 'object';
    if (/Of$|enum/.test(key)) return value.kind === 'array';
    return true;
  });
}
