import { diffJson, type JsonChange } from '../../src-core/diff-json.ts';
import { parseJson } from '../../src-core/json.ts';
import type { SchemaFacts } from '../../src-core/schema.ts';

/** A version as it is compared. */
export interface VersionState extends SchemaFacts {
  text: string;
}

/** More places than these are counted. */
const NAMED = 3;
/** Of more changes the places are not looked for. */
const LOOKED_AT = 200;

/**
 * What changed from one version to the next, in a few words: `+nickname, age, strict off`.
 *
 * @param before null for the first version, which says nothing
 */
export function versionWords(before: VersionState | null, after: VersionState): string {
  if (!before) return '';
  const words: string[] = [];
  if (before.name !== after.name) words.push(`renamed from ${before.name || 'no name'}`);
  if (before.strict !== after.strict) words.push(after.strict ? 'strict on' : 'strict off');
  if (before.kind !== after.kind)
    words.push(after.kind === 'tool' ? 'now a function' : 'now an output');
  if (before.description !== after.description) words.push('description');
  words.push(...textWords(before.text, after.text));
  return words.join(', ');
}

function textWords(before: string, after: string): string[] {
  if (before === after) return [];
  const { changes, count } = diffJson(parseJson(before), parseJson(after), LOOKED_AT);
  if (count === 0) return [isSameOrder(before, after) ? 'layout only' : 'order of keys'];
  const places = new Set(changes.map(placeOf));
  // A property that comes or goes takes its place in `required` along.
  if ([...places].some((place) => place !== 'required')) places.delete('required');
  const named = [...places].slice(0, NAMED);
  const more = places.size - named.length;
  if (count > LOOKED_AT) return [...named, 'and many more'];
  return more > 0 ? [...named, `and ${more.toLocaleString('en')} more`] : named;
}

function isSameOrder(before: string, after: string): boolean {
  return JSON.stringify(parseJson(before)) === JSON.stringify(parseJson(after));
}

/** Keywords whose members are named by the person. */
const NAMING = new Set(['properties', '$defs', 'definitions', 'patternProperties']);

/** The property or definition that a change is in, or the keyword of the root. */
function placeOf({ pointer, kind }: JsonChange): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const names: string[] = [];
  let end = 0;
  for (let at = 0; at + 1 < steps.length; at++) {
    if (!NAMING.has(steps[at]!)) continue;
    names.push(steps[++at]!);
    end = at + 1;
  }
  if (names.length === 0) return steps[0] ?? 'all of it';
  const isWhole = end === steps.length;
  const sign = isWhole && kind === 'added' ? '+' : isWhole && kind === 'removed' ? '−' : '';
  return sign + names.join('.');
}
