import type { JsonValue } from '../json.ts';
import { made, type Made, type TreeNode } from '../strict-schema/json-tree.ts';
import { typesOf } from '../strict-schema/places.ts';
import { coreOf, type Edited, type EditOptions, GONE, SchemaTree } from './schema-spot.ts';
import { isOfType, typeOfValue } from './type-keywords.ts';

/** Says what a schema is for; takes the description away where the text is empty. */
export function setDescription(
  text: string,
  pointer: string,
  description: string,
  { isStrict }: EditOptions,
): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  const core = coreOf(spot.node);
  const node = !spot.node.has('description') && core.has('description') ? core : spot.node;
  if (node.kind !== 'object') return { refusal: 'It is no object, so it takes no description.' };
  if (isStrict && node.has('$ref') && description !== '')
    return { refusal: 'In strict mode $ref stands alone: describe the definition instead.' };
  if ((node.string('description') ?? '') === description) return { edits: [], pointer };
  if (description === '') node.remove('description');
  else node.set('description', made(description), 'type');
  return tree.done(pointer);
}

/** Format and bounds that can be set: what kind of value each takes. */
export const FACETS = {
  format: 'text',
  pattern: 'pattern',
  minLength: 'count',
  maxLength: 'count',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  multipleOf: 'factor',
  minItems: 'count',
  maxItems: 'count',
} as const;
export type Facet = keyof typeof FACETS;

/** Sets format, pattern or a bound from what was written; empty takes it away. */
export function setFacet(text: string, pointer: string, facet: Facet, written: string): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  const core = coreOf(spot.node);
  if (core.kind !== 'object') return { refusal: 'It says nothing of its type yet.' };
  if (written.trim() === '') core.remove(facet);
  else {
    const value = facetValue(facet, written);
    if (typeof value === 'object') return value;
    const own = core.get(facet);
    if (own?.kind === 'scalar' && own.scalar === value) return { edits: [], pointer };
    core.set(facet, made(value));
  }
  return tree.done(pointer);
}

function facetValue(facet: Facet, written: string): string | number | { refusal: string } {
  const kind = FACETS[facet];
  if (kind === 'text') return written.trim();
  if (kind === 'pattern') {
    try {
      new RegExp(written, 'u');
      return written;
    } catch (error) {
      return { refusal: `pattern: ${error instanceof Error ? error.message : String(error)}.` };
    }
  }
  const value = Number(written);
  if (!Number.isFinite(value)) return { refusal: `${facet}: "${written}" is no number.` };
  if (kind === 'count' && (!Number.isInteger(value) || value < 0))
    return { refusal: `${facet} is a whole number from 0 on.` };
  if (kind === 'factor' && value <= 0) return { refusal: `${facet} is greater than 0.` };
  return value;
}

/**
 * Sets the values of an enum, or of a const that has one. The type becomes that of the values where they
 * are of another; what is nullable stays so.
 */
export function setValues(text: string, pointer: string, values: readonly JsonValue[]): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot) return GONE;
  const core = coreOf(spot.node);
  if (core.kind !== 'object') return { refusal: 'It says nothing of its type yet.' };
  if (values.length === 0) return { refusal: 'An enum needs at least one value.' };
  const seen = new Set<string>();
  for (const value of values) {
    const json = JSON.stringify(value);
    if (seen.has(json)) return { refusal: `The value ${json} is there twice.` };
    seen.add(json);
  }
  if (core.has('const') && values.length === 1) core.set('const', made(values[0] as Made));
  else setList(core, values);
  fitType(core, values);
  return tree.done(pointer);
}

function setList(core: TreeNode, values: readonly JsonValue[]): void {
  const before = core.get('enum');
  const known = new Map(
    before?.kind === 'array'
      ? before.entries.map((one) => [JSON.stringify(one.node.value()), one])
      : [],
  );
  const hasNull = before
    ? known.has('null')
    : typesOf(core).includes('null') && !values.includes(null);
  const all = hasNull && !values.includes(null) ? [...values, null] : values;
  if (!before) return core.replace('const', 'enum', made([...all] as Made[]));
  // Those that stay keep their spelling.
  const nodes = all.map((value) => known.get(JSON.stringify(value))?.node ?? (value as Made));
  core.set('enum', made(nodes));
}

function fitType(core: TreeNode, values: readonly JsonValue[]): void {
  const types = typesOf(core);
  if (types.length === 0) return;
  if (values.every((value) => types.some((type) => isOfType(value, type)))) return;
  const found = new Set(values.map(typeOfValue));
  if (found.has('number')) found.delete('integer');
  if (types.includes('null')) found.add('null');
  core.set('type', made(found.size === 1 ? [...found][0]! : [...found]));
}
