import type { TreeNode } from '../strict-schema/json-tree.ts';
import { typesOf } from '../strict-schema/places.ts';
import { isNullable } from '../strict-schema/nullable.ts';
import { localKeys } from '../strict-schema/references.ts';
import { nullableCore } from './nullable-core.ts';
import type { RowType } from './row.ts';

const PLAIN: ReadonlySet<string> = new Set([
  ...['string', 'number', 'integer', 'boolean', 'object', 'array'],
]);

/** What a schema is; of one that is nullable, what it is beside null. */
export function typeOf(core: TreeNode): RowType {
  if (core.kind !== 'object') return 'any';
  if (core.string('$ref') !== undefined) return 'reference';
  if (core.has('const')) return 'const';
  if (core.get('enum')?.kind === 'array') return 'enum';
  if (['anyOf', 'oneOf', 'allOf'].some((key) => core.get(key)?.kind === 'array')) return 'union';
  const all = typesOf(core);
  const types = all.filter((type) => type !== 'null');
  if (types.length > 1) return 'several';
  if (types.length === 1) return PLAIN.has(types[0]!) ? (types[0] as RowType) : 'any';
  if (all.length > 0) return 'null';
  if (core.has('properties')) return 'object';
  return core.has('items') ? 'array' : 'any';
}

const MOST_LEVELS = 4;

/** The type in words: `array of string or null`. */
export function labelOf(core: TreeNode, level = 0): string {
  const type = typeOf(core);
  if (type === 'reference') return refName(core.string('$ref')!);
  if (type === 'several')
    return typesOf(core)
      .filter((one) => one !== 'null')
      .join(' | ');
  if (type === 'union')
    return core.has('anyOf') ? 'union' : core.has('oneOf') ? 'one of' : 'all of';
  if (type === 'any')
    return core.kind === 'object'
      ? (core.string('type') ?? 'any')
      : core.scalar === false
        ? 'nothing'
        : 'any';
  const items = type === 'array' ? core.get('items') : undefined;
  if (items?.kind !== 'object' || level === MOST_LEVELS) return type;
  const inner = nullableCore(items)?.node ?? items;
  const orNull = isNullable(items) && typeOf(inner) !== 'any' && typeOf(inner) !== 'null';
  return `array of ${labelOf(inner, level + 1)}${orNull ? ' or null' : ''}`;
}

/** What a reference leads to, in short. */
export function refName(ref: string): string {
  if (ref === '#') return 'the root';
  return localKeys(ref)?.at(-1) ?? ref;
}
