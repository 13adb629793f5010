import { escapeKey } from '../../src-core/growing/pointer.ts';
import { isObject, type JsonValue } from '../../src-core/json.ts';
import { seeded } from '../../src-core/seeded.ts';
import { Refusal } from '../refusal.ts';
import { judgeWhole } from './whole-document.ts';

/** Values that are tried, of which most would do. */
const MOST_PLACES = 60;

export interface Violation {
  text: string;
  /** The one value that is wrong. */
  pointer: string;
}

/**
 * A valid text with one value changed so that a validator finds fault with it there, and nowhere below
 * or beside it.
 * @param text a valid instance, as `instanceOf` makes them
 * @param seed the same one changes the same value to the same
 * @throws Refusal `no-violation` where the schema takes whatever was tried
 */
export function violationOf(schema: string, text: string, seed: number): Violation {
  const random = seeded(seed ^ 0x51ed270b);
  const root = JSON.parse(text) as JsonValue;
  const places = shuffled(placesOf(root), random).slice(0, MOST_PLACES);
  // Within a union validators also name what is around the value; where there is another place, that is
  // the better one.
  for (const isExact of [true, false])
    for (const { pointer, path, value } of places)
      for (const wrong of shuffled(wrongFor(value), random)) {
        const changed = JSON.stringify(withValue(root, path, wrong));
        const { valid, errors } = judgeWhole(schema, changed);
        if (valid) continue;
        const isThere = errors.some((error) => error.pointer === pointer);
        const isAlone = errors.every(
          (error) =>
            error.pointer === pointer || (!isExact && pointer.startsWith(`${error.pointer}/`)),
        );
        if (isThere && isAlone) return { text: changed, pointer };
      }
  throw new Refusal(
    'no-violation',
    'No value could be changed so that the schema refuses just that one: it allows too much.',
  );
}

interface Place {
  pointer: string;
  path: (string | number)[];
  value: JsonValue;
}

/** All values of a document but the root, which would be another document. */
function placesOf(root: JsonValue): Place[] {
  const places: Place[] = [];
  const visit = (value: JsonValue, pointer: string, path: Place['path']): void => {
    if (path.length > 0) places.push({ pointer, path, value });
    if (Array.isArray(value))
      value.forEach((one, at) => visit(one, `${pointer}/${at}`, [...path, at]));
    else if (isObject(value))
      for (const [key, one] of Object.entries(value))
        visit(one as JsonValue, `${pointer}/${escapeKey(key)}`, [...path, key]);
  };
  visit(root, '', []);
  return places;
}

/** What models write instead: a number as a text, another word, something that is left out. */
function wrongFor(value: JsonValue): JsonValue[] {
  if (typeof value === 'number') return [String(value), value + 0.5, -1_000_001, 1e12];
  if (typeof value === 'boolean') return [value ? 'yes' : 'no', null];
  if (typeof value === 'string') return [42, null, `${value} or so`];
  if (value === null) return ['none', 0];
  return Array.isArray(value) ? ['none', null] : ['unknown', null, []];
}

function withValue(root: JsonValue, [step, ...rest]: Place['path'], value: JsonValue): JsonValue {
  if (step === undefined) return value;
  if (Array.isArray(root))
    return root.map((one, at) => (at === step ? withValue(one, rest, value) : one));
  const object = root as Record<string, JsonValue>;
  return { ...object, [step]: withValue(object[step]!, rest, value) };
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const order = [...list];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
