import { escapeKey } from '../growing/pointer.ts';
import { isObject, type JsonValue } from '../json.ts';

type Seen = JsonValue | undefined;

/** One place where two values differ: '' for the value as a whole. Undefined where there is none. */
export interface Difference {
  pointer: string;
  before: Seen;
  after: Seen;
}

/** Places deeper than this are named by the container at this depth. */
const MAX_DEPTH = 200;

/**
 * Whether two values are equal. Values of neighbouring snapshots share what did not change, so this
 * costs what changed and the members beside it. Any depth will do: nothing is recursive.
 */
export function isSame(one: Seen, other: Seen): boolean {
  const rest: Seen[] = [one, other];
  while (rest.length > 0) {
    const b = rest.pop();
    const a = rest.pop();
    if (a === b) continue;
    if (Array.isArray(a)) {
      if (!Array.isArray(b) || a.length !== b.length) return false;
      for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) rest.push(a[at], b[at]);
    } else if (isObject(a)) {
      if (!isObject(b)) return false;
      const keys = Object.keys(a);
      if (Object.keys(b).length !== keys.length) return false;
      for (const key of keys) {
        if (!Object.hasOwn(b, key)) return false;
        if (a[key] !== b[key]) rest.push(a[key], b[key]);
      }
    } else return false;
  }
  return true;
}

/**
 * The innermost places where two values differ, in the order of the document, at most `limit`.
 * A place that only one of them has is listed as a whole.
 */
export function differences(before: Seen, after: Seen, limit: number): Difference[] {
  const found: Difference[] = [];
  const rest: { pointer: string; before: Seen; after: Seen; depth: number }[] = [
    { pointer: '', before, after, depth: 0 },
  ];
  while (rest.length > 0 && found.length < limit) {
    const { depth, ...place } = rest.pop()!;
    if (place.before === place.after) continue;
    const keys = depth < MAX_DEPTH ? keysOfBoth(place.before, place.after) : null;
    if (!keys) {
      if (!isSame(place.before, place.after)) found.push(place);
      continue;
    }
    const one = place.before as Record<string, Seen>;
    const other = place.after as Record<string, Seen>;
    for (const key of keys.reverse())
      rest.push({
        pointer: `${place.pointer}/${escapeKey(key)}`,
        before: memberOf(one, key),
        after: memberOf(other, key),
        depth: depth + 1,
      });
  }
  return found;
}

/** The keys of two containers of a kind; null where they are none, or of two kinds. */
function keysOfBoth(before: Seen, after: Seen): string[] | null {
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => String(at));
  if (!isObject(before) || !isObject(after)) return null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

function memberOf(container: Record<string, Seen>, key: string): Seen {
  return Object.hasOwn(container, key) ? container[key] : undefined;
}
