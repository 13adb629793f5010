import type { JsonObject, JsonValue } from '../json.ts';
import { canonicalText } from '../schema-check/equality.ts';
import type { Alternative } from './alternatives.ts';
import { type Changes, NARROWER, shown, type Spot, UNCLEAR } from './change.ts';

/** Compares the values that two alternatives of a type are limited to. */
export function compareValues(o: Alternative, n: Alternative, spot: Spot, changes: Changes): void {
  const old = o.values?.map((value) => canonicalText(value)) ?? null;
  const fresh = n.values?.map((value) => canonicalText(value)) ?? null;
  if (n.type === 'null') return;
  if (old && !fresh)
    changes.breaking(
      spot,
      `is any ${n.type}, no longer ${list(o.values!)}`,
      'values can come that code does not know',
    );
  else if (!old && fresh) changes.safe(spot, `is limited to ${list(n.values!)}`, NARROWER);
  else if (old && fresh) {
    const added = n.values!.filter((_, index) => !old.includes(fresh[index]!));
    const gone = o.values!.filter((_, index) => !fresh.includes(old[index]!));
    if (added.length > 0)
      changes.breaking(spot, `can also be ${list(added)}`, 'code does not know the new value');
    if (gone.length > 0) changes.safe(spot, `can no longer be ${list(gone)}`, NARROWER);
  }
}

function list(values: readonly JsonValue[]): string {
  const all = values.slice(0, 5).map(shown).join(', ');
  return values.length > 5 ? `${all} and ${values.length - 5} more` : all;
}

/** A keyword of which a larger number allows less (`minLength`), or more (`maxLength`). */
export function compareLimit(
  keyword: string,
  isLeast: boolean,
  o: JsonObject,
  n: JsonObject,
  spot: Spot,
  changes: Changes,
): void {
  const old = numberAt(o, keyword, isLeast ? 0 : Infinity);
  const fresh = numberAt(n, keyword, isLeast ? 0 : Infinity);
  if (old === fresh) return;
  changes.limits(spot, isLeast ? fresh > old : fresh < old, moved(keyword, o[keyword], n[keyword]));
}

function numberAt(schema: JsonObject, keyword: string, missing: number): number {
  const value = schema[keyword];
  return typeof value === 'number' ? value : missing;
}

export function moved(
  keyword: string,
  old: JsonValue | undefined,
  fresh: JsonValue | undefined,
): string {
  if (old === undefined) return `${keyword} ${shown(fresh)} is new`;
  if (fresh === undefined) return `${keyword} ${shown(old)} is gone`;
  return `${keyword} ${shown(old)} is now ${shown(fresh)}`;
}

export function compareNumbers(o: Alternative, n: Alternative, spot: Spot, changes: Changes): void {
  for (const isLeast of [true, false]) {
    const [old, fresh] = [o, n].map(({ schema }) => {
      const bound = boundOf(schema, isLeast);
      return n.type === 'integer' ? ofIntegers(bound, isLeast) : bound;
    }) as [Bound, Bound];
    if (old.value === fresh.value && old.isOpen === fresh.isOpen) continue;
    const isNarrower =
      old.value === fresh.value
        ? fresh.isOpen
        : isLeast
          ? fresh.value > old.value
          : fresh.value < old.value;
    changes.limits(
      spot,
      isNarrower,
      moved(isLeast ? 'lower bound' : 'upper bound', old.text, fresh.text),
    );
  }
  const [old, fresh] = [o.schema.multipleOf, n.schema.multipleOf];
  if (old === fresh || (typeof old !== 'number' && typeof fresh !== 'number')) return;
  const isMultiple =
    typeof old !== 'number' ||
    (typeof fresh === 'number'
      ? Number.isInteger(fresh / old)
      : n.type === 'integer' && Number.isInteger(1 / old));
  changes.limits(spot, isMultiple, moved('multipleOf', old, fresh));
}

interface Bound {
  value: number;
  isOpen: boolean;
  text: JsonValue | undefined;
}

function boundOf(schema: JsonObject, isLeast: boolean): Bound {
  const none = isLeast ? -Infinity : Infinity;
  const closed = numberAt(schema, isLeast ? 'minimum' : 'maximum', none);
  const open = numberAt(schema, isLeast ? 'exclusiveMinimum' : 'exclusiveMaximum', none);
  const isOpen = isLeast ? open >= closed : open <= closed;
  if (closed === none && open === none) return { value: none, isOpen: false, text: undefined };
  const value = isOpen ? open : closed;
  return { value, isOpen, text: isOpen ? `${isLeast ? 'above' : 'below'} ${value}` : value };
}

/** The bound as the last integer within it: above -1 is from 0 on. */
function ofIntegers(bound: Bound, isLeast: boolean): Bound {
  if (!Number.isFinite(bound.value)) return bound;
  const { value: at, isOpen } = bound;
  const step = isLeast ? 1 : -1;
  const value = isOpen
    ? (isLeast ? Math.floor(at) : Math.ceil(at)) + step
    : isLeast
      ? Math.ceil(at)
      : Math.floor(at);
  return Number.isSafeInteger(value) ? { ...bound, value, isOpen: false } : bound;
}

export function compareStrings(o: Alternative, n: Alternative, spot: Spot, changes: Changes): void {
  compareLimit('minLength', true, o.schema, n.schema, spot, changes);
  compareLimit('maxLength', false, o.schema, n.schema, spot, changes);
  for (const keyword of ['pattern', 'format']) {
    const [old, fresh] = [o.schema[keyword], n.schema[keyword]];
    if (old === fresh) continue;
    const what = moved(keyword, old, fresh);
    if (old === undefined) changes.safe(spot, what, NARROWER);
    else
      changes.breaking(
        spot,
        what,
        fresh === undefined ? 'texts can come that could not come before' : UNCLEAR,
      );
  }
}

/**
 * Whether the values of a new version keep the limits of the one before, so that the keywords need no
 * comparing; null where that can't be told.
 */
export function valuesFit(
  values: readonly JsonValue[],
  { schema, type }: Alternative,
): boolean | null {
  if (type === 'array' || type === 'object') return null;
  if (type === 'string') {
    if (schema.pattern !== undefined || schema.format !== undefined) return null;
    const least = numberAt(schema, 'minLength', 0);
    const most = numberAt(schema, 'maxLength', Infinity);
    return values.every(
      (value) => [...String(value)].length >= least && [...String(value)].length <= most,
    );
  }
  if (type !== 'number' && type !== 'integer') return true;
  if (schema.multipleOf !== undefined) return null;
  const [least, most] = [boundOf(schema, true), boundOf(schema, false)];
  return values.every(
    (value) =>
      typeof value === 'number' &&
      (least.isOpen ? value > least.value : value >= least.value) &&
      (most.isOpen ? value < most.value : value <= most.value),
  );
}
