import type { Fix, Linting } from './finding.ts';
import { made, TreeNode } from './json-tree.ts';
import type { Measure } from './limits.ts';
import { nameOf, type Place } from './places.ts';
import { freeName, References } from './references.ts';
import { restate, sentenceFor } from './restate.ts';
import { addType } from './type-checks.ts';

const SHOWN = 3;

/** Where most of what is counted stands, as a sentence; empty where it is spread evenly over few places. */
export function largestOf(lint: Linting, measure: Exclude<Measure, 'depth'>): string {
  const sums = new Map<Place, number>();
  for (const place of lint.places) {
    const own = AMOUNTS[measure](place);
    const holder = measure === 'properties' ? (place.parent ?? place) : place;
    if (own > 0) sums.set(holder, (sums.get(holder) ?? 0) + own);
  }
  const largest = [...sums].sort(([, one], [, other]) => other - one).slice(0, SHOWN);
  const named = largest.map(([place, sum]) => `\`${nameOf(place)}\` (${sum.toLocaleString('en')})`);
  return named.length === 0 ? '' : ` Most are in ${named.join(', ')}.`;
}

const AMOUNTS: Readonly<Record<Exclude<Measure, 'depth'>, (place: Place) => number>> = {
  properties: ({ steps }) => (steps[0] === 'properties' ? 1 : 0),
  characters: ({ node, steps, entry }) => {
    const values = [node.get('const'), ...(node.get('enum')?.entries ?? []).map((one) => one.node)];
    const inValues = values.reduce(
      (sum, value) => sum + (typeof value?.scalar === 'string' ? value.scalar.length : 0),
      0,
    );
    return inValues + (entry && steps[1] !== undefined ? steps[1].length : 0);
  },
  enumValues: ({ node }) => node.get('enum')?.entries.length ?? 0,
};

/** Gives up the largest enums: a string may be any. */
export function* enumFixes(lint: Linting): Generator<Fix> {
  const enums = lint.places
    .filter(({ node }) => node.get('enum')?.kind === 'array')
    .sort((one, other) => AMOUNTS.enumValues(other) - AMOUNTS.enumValues(one));
  for (const place of enums.slice(0, SHOWN)) {
    const fix = toStringFix(place);
    if (fix) yield fix;
  }
}

/** Lets an enum of strings be any string, and names its first values in the description. */
export function toStringFix(place: Place): Fix | null {
  const { node } = place;
  const values = node.get('enum');
  if (!values?.entries.every((one) => typeof one.node.scalar === 'string')) return null;
  const apply = () => {
    const list = node.get('enum')?.value();
    if (list === undefined) return;
    addType(node, 'string').apply();
    restate(node, 'enum', sentenceFor('enum', list));
  };
  return { title: `Let ${nameOf(place)} be any string`, isChoice: true, apply };
}

/**
 * Moves what is nested too deep into a definition, where counting begins anew; whether the server counts
 * so is not known.
 */
export function depthFixes({ root }: Linting, { node, steps, parent }: Place): Fix[] {
  if (!parent || node.kind !== 'object' || node.has('$ref')) return [];
  const name = /^\d+$|^items$/.test(steps.at(-1) ?? '') ? 'part' : steps.at(-1)!;
  const apply = () => {
    const references = new References(root);
    const from = references.pointerOf(node);
    if (from === null) return;
    const key = root.has('$defs') || !root.has('definitions') ? '$defs' : 'definitions';
    const definitions = root.get(key) ?? new TreeNode('object');
    const free = freeName(definitions, name.replace(/[^A-Za-z0-9_-]/g, '_') || 'part');
    const moved = node.takeOut();
    definitions.set(free, moved);
    if (!root.has(key)) root.set(key, definitions);
    references.move(from, `#/${key}/${free}`);
    node.set('$ref', made(`#/${key}/${free}`));
  };
  return [
    {
      title: `Move ${nameOf({ node, steps, parent, entry: null, depth: 0 })} to $defs`,
      isChoice: true,
      apply,
    },
  ];
}
