import type { Linting } from './finding.ts';
import type { TreeNode } from './json-tree.ts';
import { LIMITS, type Limits, type Measure, MEASURES } from './limits.ts';
import { depthFixes, enumFixes, largestOf, toStringFix } from './largest-parts.ts';
import { nameOf, type Place } from './places.ts';
import type { RuleId } from './rules.ts';
import type { Target } from './targets.ts';

/** How much of a limit a schema uses. */
export interface Meter {
  measure: Measure;
  used: number;
  limit: number;
}

const RULE_OF: Readonly<Record<Measure, RuleId>> = {
  properties: 'S15',
  depth: 'S16',
  characters: 'S17',
  enumValues: 'S18',
};
const TOO_MUCH: Readonly<Record<Measure, (used: string, limit: string) => string>> = {
  properties: (used, limit) => `${used} properties in all; ${limit} are allowed.`,
  depth: (used, limit) => `nested ${used} levels deep; ${limit} are allowed.`,
  characters: (used, limit) => `${used} characters in names, enum and const; ${limit} are allowed.`,
  enumValues: (used, limit) => `${used} enum values in all; ${limit} are allowed.`,
};

const ANSWERS: Readonly<Partial<Record<Measure, (used: number, limit: number) => string>>> = {
  properties: (used, limit) => `${used} parameters exceed the limit of ${limit}.`,
  depth: (used, limit) => `${used} levels of nesting exceeds limit of ${limit}.`,
  enumValues: (used, limit) =>
    `Expected at most ${limit} enum values in total within a single schema when using structured outputs, but received ${used}. Consider reducing the number of enums, or use 'strict: false' to opt out of structured outputs.`,
};

const number = (value: number) => value.toLocaleString('en');

/**
 * S15 to S19: what is counted of the whole schema, and where a count goes over its limit.
 * @returns the counts, also where the target has no limits
 */
export function measure(lint: Linting): Record<Measure, number> {
  const used: Record<Measure, number> = { properties: 0, depth: 0, characters: 0, enumValues: 0 };
  const over = new Map<Measure, { place: Place; at: { start: number; end: number } | null }>();
  const { limits } = lint;
  const count = (
    which: Measure,
    by: number,
    place: Place,
    at: { start: number; end: number } | null,
  ) => {
    used[which] = which === 'depth' ? Math.max(used.depth, by) : used[which] + by;
    if (limits && used[which] > limits[which] && !over.has(which)) over.set(which, { place, at });
  };
  for (const place of lint.places) {
    const { node, entry } = place;
    const [keyword, name] = place.steps;
    const label = entry && { start: entry.start, end: entry.keyEnd };
    if (name !== undefined && entry) {
      if (keyword === 'properties') count('properties', 1, place, label);
      count('characters', name.length, place, label);
    }
    count('depth', place.depth, place, null);
    const constant = node.entry('const');
    if (constant) count('characters', lengthOf(constant.node), place, constant);
    const values = node.entry('enum');
    if (values?.node.kind !== 'array') continue;
    const keyOfEnum = { start: values.start, end: values.keyEnd };
    const characters = values.node.entries.reduce((sum, one) => sum + lengthOf(one.node), 0);
    count('enumValues', values.node.entries.length, place, keyOfEnum);
    count('characters', characters, place, keyOfEnum);
    if (limits) checkLongEnum(lint, limits, place, values.node, characters, keyOfEnum);
  }
  if (limits)
    for (const which of MEASURES) {
      const where = over.get(which);
      if (!where) continue;
      const what = TOO_MUCH[which](number(used[which]), number(limits[which]));
      const most = which === 'depth' ? '' : largestOf(lint, which);
      const message = `The schema has too much from \`${nameOf(where.place)}\` on: ${what}${most}`;
      const said = ANSWERS[which]?.(used[which], limits[which]) ?? null;
      const fixes =
        which === 'enumValues'
          ? [...enumFixes(lint)]
          : which === 'depth'
            ? depthFixes(lint, where.place)
            : [];
      lint.add(RULE_OF[which], where.place, where.at, message, said && { ofWhole: said }, fixes);
    }
  return used;
}

function checkLongEnum(
  lint: Linting,
  limits: Limits,
  place: Place,
  { entries }: TreeNode,
  characters: number,
  at: { start: number; end: number },
): void {
  if (entries.length <= limits.longEnum || characters <= limits.longEnumCharacters) return;
  if (!entries.every(({ node }) => typeof node.scalar === 'string')) return;
  const message = `The enum of \`${nameOf(place)}\` has ${number(entries.length)} values of ${number(characters)} characters; with more than ${limits.longEnum} values ${number(limits.longEnumCharacters)} are allowed.`;
  const fix = toStringFix(place);
  lint.add('S19', place, at, message, null, fix ? [fix] : []);
}

function lengthOf({ scalar }: TreeNode): number {
  return typeof scalar === 'string' ? scalar.length : 0;
}

/** The meters of a target; none where it has no limits. */
export function metersOf(target: Target, used: Record<Measure, number>): Meter[] {
  const limits = LIMITS[target];
  if (!limits) return [];
  return MEASURES.map((measure) => ({ measure, used: used[measure], limit: limits[measure] }));
}
