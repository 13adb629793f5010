import { escapeKey } from '../growing/pointer.ts';
import type { TreeNode } from '../strict-schema/json-tree.ts';
import { typesOf } from '../strict-schema/places.ts';
import { References } from '../strict-schema/references.ts';

/** A schema that a description of an API has. */
export interface ApiSchema {
  /** Where it stands, as a JSON pointer. */
  pointer: string;
  name: string;
  group: 'component' | 'request' | 'response';
  /** What it is, in a few words. */
  about: string;
}

export interface ApiListing {
  title: string;
  version: string;
  schemas: ApiSchema[];
  /** How many more there are than are listed. */
  left: number;
  /** Why nothing can be taken from it; null where that is possible. */
  problem: string | null;
}

export const MOST_LISTED = 5000;
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const REF = '$ref';

/**
 * The schemas of a description of an API in OpenAPI 3.0 or 3.1 (also of Swagger 2.0, its definitions):
 * components in their order, then bodies of requests and responses that are no mere reference.
 */
export function listApiSchemas(root: TreeNode): ApiListing {
  const version = String(root.get('openapi')?.scalar ?? root.get('swagger')?.scalar ?? '');
  const title = root.get('info')?.string('title') ?? '';
  const listing: ApiListing = { title, version, schemas: [], left: 0, problem: null };
  if (!/^(?:3\.[01]|2\.0|2$)/.test(version)) {
    listing.problem = version
      ? `It is of version ${version}; 3.0 and 3.1 are understood.`
      : 'It has no "openapi" with a version: it describes no API.';
    return listing;
  }
  const add = (pointer: string, name: string, group: ApiSchema['group'], node: TreeNode) => {
    if (listing.schemas.length === MOST_LISTED) listing.left++;
    else listing.schemas.push({ pointer, name, group, about: aboutOf(node) });
  };
  for (const [holder, pointer] of [
    [root.get('components')?.get('schemas'), '/components/schemas'],
    [root.get('definitions'), '/definitions'],
  ] as const)
    for (const { key, node } of holder?.kind === 'object' ? holder.entries : [])
      add(`${pointer}/${escapeKey(key!)}`, key!, 'component', node);
  addBodies(root, add);
  if (listing.schemas.length === 0) listing.problem = 'It has no schemas.';
  return listing;
}

type Add = (pointer: string, name: string, group: ApiSchema['group'], node: TreeNode) => void;

function addBodies(root: TreeNode, add: Add): void {
  const references = new References(root);
  for (const { key: path, node: item } of root.get('paths')?.entries ?? []) {
    for (const method of METHODS) {
      const operation = item.get(method);
      if (!operation) continue;
      const own = `/paths/${escapeKey(path!)}/${method}`;
      const name = operation.string('operationId') ?? `${method} ${path}`;
      const take = (
        holder: TreeNode | undefined,
        pointer: string,
        group: ApiSchema['group'],
        label: string,
      ) => {
        const body = holder?.has(REF) ? null : holder;
        for (const { key: type, node: media } of body?.get('content')?.entries ?? []) {
          const schema = media.get('schema');
          if (schema?.kind !== 'object' || !type!.includes('json')) continue;
          // What only refers is listed as what it refers to.
          const target = schema.string(REF);
          if (target !== undefined && references.resolve(target)) continue;
          add(`${pointer}/content/${escapeKey(type!)}/schema`, label, group, schema);
          return;
        }
      };
      take(operation.get('requestBody'), `${own}/requestBody`, 'request', `${name} request`);
      for (const { key: status, node } of operation.get('responses')?.entries ?? [])
        take(node, `${own}/responses/${escapeKey(status!)}`, 'response', `${name} ${status}`);
    }
  }
}

function aboutOf(node: TreeNode): string {
  const ref = node.string(REF);
  if (ref !== undefined) return `refers to ${ref.slice(ref.lastIndexOf('/') + 1)}`;
  const count = node.get('properties')?.entries.length;
  if (count !== undefined) return count === 1 ? '1 property' : `${count} properties`;
  const values = node.get('enum')?.entries.length;
  if (values !== undefined) return values === 1 ? '1 value' : `${values} values`;
  const union = ['oneOf', 'anyOf', 'allOf'].find((key) => node.has(key));
  if (union) return `${union} of ${node.get(union)!.entries.length}`;
  return typesOf(node).join(' or ') || 'any value';
}
