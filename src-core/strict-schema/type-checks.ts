import type { Fix, Linting } from './finding.ts';
import { made, type TreeNode } from './json-tree.ts';
import { nameOf, type Place, typesOf } from './places.ts';
import { restate, sentenceFor } from './restate.ts';

const TYPED = ['type', 'anyOf', 'enum', 'const', '$ref'];
/** Unions and the like have findings of their own, and a type once these are mended. */
const TO_BE_MENDED = ['oneOf', 'allOf'];

/** What a keyword is for. */
const TYPE_OF: Readonly<Record<string, string>> = {
  properties: 'object',
  required: 'object',
  additionalProperties: 'object',
  items: 'array',
  prefixItems: 'array',
  minItems: 'array',
  maxItems: 'array',
  pattern: 'string',
  format: 'string',
  minLength: 'string',
  maxLength: 'string',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  multipleOf: 'number',
};

/** The type that all telling keywords of a schema without one are for; null if they don't agree. */
export function impliedType(node: TreeNode): string | null {
  const types = new Set(node.entries.flatMap(({ key }) => TYPE_OF[key ?? ''] ?? []));
  return types.size === 1 ? [...types][0]! : null;
}

export function addType(node: TreeNode, type: string): Fix {
  return {
    title: `Add "type": "${type}"`,
    apply: () => {
      if (node.kind !== 'object' || node.has('type')) return;
      const rest = node.entries;
      node.entries = [];
      node.set('type', made(type));
      node.entries.push(...rest);
    },
  };
}

/** S06: every schema but the root, of which S01 speaks, says what it is. */
export function checkTyped(lint: Linting, place: Place): void {
  const { node, parent } = place;
  if (!parent || [...TYPED, ...TO_BE_MENDED].some((key) => node.has(key))) return;
  const type = node.kind === 'object' ? impliedType(node) : null;
  const message = `\`${nameOf(place)}\` has no type.`;
  const fixes = type ? [addType(node, type)] : [];
  lint.add('S06', place, null, message, "schema must have a 'type' key.", fixes);
}

/** S07: every array has one schema for its items. */
export function checkItems(lint: Linting, place: Place): void {
  const { node } = place;
  const items = node.entry('items');
  const isSchema =
    items && (items.node.kind === 'object' || typeof items.node.scalar === 'boolean');
  if (!typesOf(node).includes('array') || (isSchema && items.node.scalar !== false)) return;
  const message = `The array \`${nameOf(place)}\` does not say what its items are.`;
  const key = node.has('prefixItems') ? 'prefixItems' : 'items';
  const tuple = node.get(key);
  const isTuple = tuple?.kind === 'array' && tuple.entries.length > 0;
  const apply = () => {
    const list = node.get(key);
    if (list?.kind !== 'array') return;
    const schemas = list.entries.map((entry) => entry.node);
    restate(node, key, sentenceFor(key, list.value()));
    node.set('items', schemas.length === 1 ? schemas[0]! : made({ anyOf: schemas }));
  };
  const fixes = isTuple ? [{ title: 'Let each item be any of these', apply }] : [];
  lint.add('S07', place, items ?? null, message, 'array schema missing items.', fixes);
}
