import type { Fix } from './finding.ts';
import { made, type Made, type TreeNode } from './json-tree.ts';
import { typesOf } from './places.ts';
import { tell } from './restate.ts';

const OTHERS = ['items', 'anyOf', 'oneOf', 'allOf', 'enum', 'const'];

/** What the keys and the values of an object without named keys are. */
interface ObjectMap {
  key: Made;
  value: Made;
}

/** The map that an object is, where it only says what its values are; null where it says more, or less. */
export function mapOf(node: TreeNode): ObjectMap | null {
  if (!isUnnamed(node) || typesOf(node).includes('array')) return null;
  const others = node.get('additionalProperties');
  const patterns = node.get('patternProperties')?.entries ?? [];
  const rest = others?.kind === 'object' && others.entries.length > 0 ? [others] : [];
  // Any value may have a key beside the patterns: that has no schema in strict mode.
  const isFree = others ? rest.length === 0 && others.scalar !== false : patterns.length === 0;
  const values = [...patterns.map((entry) => entry.node), ...rest];
  if (values.length === 0 || isFree || values.some(({ kind }) => kind !== 'object')) return null;
  const isPattern = rest.length === 0 && patterns.length === 1;
  const key = isPattern ? { type: 'string', pattern: patterns[0]!.key! } : { type: 'string' };
  return { key, value: values.length === 1 ? values[0]! : { anyOf: values } };
}

/** A list of pairs says the same as a map. */
export function toPairs(node: TreeNode): Fix {
  const apply = () => {
    const map = mapOf(node);
    if (!map) return;
    const pair = made({
      type: 'object',
      properties: { key: map.key, value: map.value },
      required: ['key', 'value'],
      additionalProperties: false,
    });
    retype(node, 'array');
    node.remove('properties');
    node.remove('required');
    const isBoth = node.has('additionalProperties') && node.has('patternProperties');
    if (isBoth) node.remove('additionalProperties');
    const keyword = node.has('patternProperties') ? 'patternProperties' : 'additionalProperties';
    node.replace(keyword, 'items', pair);
  };
  return { title: 'Make it an array of {key, value}', apply };
}

/** Ways to keep an object of which nothing is said: its values, or all of it, as JSON text. */
export function toText(node: TreeNode): Fix[] {
  if (!isUnnamed(node)) return [];
  const json = { type: 'string', description: 'The value, as JSON text.' };
  const pairs: Fix = {
    title: 'Make it an array of {key, value}, values as JSON text',
    isChoice: true,
    apply: () => {
      if (!isUnnamed(node)) return;
      node.set('additionalProperties', made(json));
      toPairs(node).apply();
    },
  };
  const text: Fix = {
    title: 'Make it a string with JSON text',
    isChoice: true,
    apply: () => {
      if (!isUnnamed(node)) return;
      retype(node, 'string');
      for (const key of ['properties', 'required', 'additionalProperties']) node.remove(key);
      tell(node, 'An object, as JSON text.');
    },
  };
  const types = typesOf(node);
  return [
    ...(types.includes('array') || node.has('patternProperties') ? [] : [pairs]),
    ...(types.includes('string') ? [] : [text]),
  ];
}

function isUnnamed(node: TreeNode): boolean {
  const hasNames = (node.get('properties')?.entries.length ?? 0) > 0;
  return typesOf(node).includes('object') && !hasNames && !OTHERS.some((key) => node.has(key));
}

function retype(node: TreeNode, to: string): void {
  const type = node.get('type')!;
  if (type.kind === 'scalar') return node.set('type', made(to));
  for (const entry of type.entries) if (entry.node.scalar === 'object') entry.node.become(made(to));
}
