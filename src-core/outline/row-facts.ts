import type { JsonValue } from '../json.ts';
import type { TreeNode } from '../strict-schema/json-tree.ts';

/** Keywords that say how a text looks, or how much there may be. */
export const BOUNDS = [
  ...['format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems'],
];
const NONE: Readonly<Record<string, string | number>> = {};

/** Format and bounds as they are written, by keyword. */
export function boundsOf(core: TreeNode): Readonly<Record<string, string | number>> {
  let bounds = NONE;
  if (core.kind === 'object')
    for (const { key, node } of core.entries) {
      const { scalar } = node;
      if (!BOUNDS.includes(key!) || (typeof scalar !== 'string' && typeof scalar !== 'number'))
        continue;
      bounds = { ...bounds, [key!]: scalar };
    }
  return bounds;
}

/** Format and bounds of a schema in short, each as a word or two. */
export function factsOf(core: TreeNode): string[] {
  if (core.kind !== 'object') return [];
  const facts: string[] = [];
  const format = core.string('format');
  if (format) facts.push(format);
  const pattern = core.string('pattern');
  if (pattern) facts.push(`/${pattern}/`);
  const add = (fact: string | null, unit = '') => fact !== null && facts.push(fact + unit);
  add(span(core, 'minLength', 'maxLength'), ' characters');
  add(span(core, 'minimum', 'maximum'));
  add(sign(core, '>', 'exclusiveMinimum'));
  add(sign(core, '<', 'exclusiveMaximum'));
  const factor = numberAt(core, 'multipleOf');
  if (factor !== null) facts.push(`multiple of ${factor}`);
  add(span(core, 'minItems', 'maxItems'), ' items');
  return facts;
}

function numberAt(core: TreeNode, key: string): number | null {
  const value = core.get(key)?.scalar;
  return typeof value === 'number' ? value : null;
}
function sign(core: TreeNode, sign: string, key: string): string | null {
  const value = numberAt(core, key);
  return value === null ? null : `${sign} ${value}`;
}
function span(core: TreeNode, from: string, to: string): string | null {
  const least = numberAt(core, from);
  const most = numberAt(core, to);
  if (least === null) return most === null ? null : `≤ ${most}`;
  return most === null ? `≥ ${least}` : least === most ? String(least) : `${least}–${most}`;
}

/** What enum or const allow, without the null of what is nullable; null where there is neither. */
export function valuesOf(core: TreeNode, isNullable: boolean): JsonValue[] | null {
  if (core.kind !== 'object') return null;
  const constant = core.get('const');
  if (constant) return [constant.value()];
  const list = core.get('enum');
  if (list?.kind !== 'array') return null;
  const values = list.entries.map(({ node }) => node.value());
  return isNullable ? values.filter((value) => value !== null) : values;
}
