import { escapeKey } from '../growing/pointer.ts';
import { isObject, type JsonValue } from '../json.ts';
import { STRUCK_OUT } from './request-facts.ts';

type Place = JsonValue | undefined;

/** Where two values differ. */
export interface Difference {
  /** RFC 6901 */
  pointer: string;
  asked: Place;
  recorded: Place;
}

/**
 * The first place where a body differs from the recorded one, in the order of what is recorded; null where they
 * are the same. The order of keys does not count, and a secret that was struck out is equal to any text. Any
 * depth will do: nothing is recursive.
 */
export function firstDifference(asked: Place, recorded: Place, pointer = ''): Difference | null {
  const rest: Difference[] = [{ pointer, asked, recorded }];
  for (let pair = rest.pop(); pair; pair = rest.pop()) {
    const members = membersOf(pair);
    if (members === null) return pair;
    // The last one that goes in is the first one that comes out.
    for (let at = members.length - 1; at >= 0; at--) rest.push(members[at]!);
  }
  return null;
}

/** What is compared next; null where the two are different already. */
function membersOf(pair: Difference): Difference[] | null {
  const { pointer, asked, recorded } = pair;
  if (asked === recorded) return [];
  if (typeof recorded === 'string' && recorded.includes(STRUCK_OUT))
    return typeof asked === 'string' && fits(asked, recorded) ? [] : null;
  if (Array.isArray(asked) && Array.isArray(recorded)) {
    const count = Math.max(asked.length, recorded.length);
    return Array.from({ length: count }, (_, at) => ({
      ...{ pointer: `${pointer}/${at}`, asked: asked[at], recorded: recorded[at] },
    }));
  }
  if (!isObject(asked) || !isObject(recorded)) return null;
  const own = (value: { [key: string]: Place }, key: string) =>
    Object.hasOwn(value, key) ? value[key] : undefined;
  const added = Object.keys(asked).filter((key) => !Object.hasOwn(recorded, key));
  return [...Object.keys(recorded), ...added].map((key) => ({
    pointer: `${pointer}/${escapeKey(key)}`,
    asked: own(asked, key),
    recorded: own(recorded, key),
  }));
}

/** Whether a text is the recorded one with something in place of what was struck out. */
function fits(asked: string, recorded: string): boolean {
  const parts = recorded.split(STRUCK_OUT);
  if (!asked.startsWith(parts[0]!)) return false;
  let at = parts[0]!.length;
  for (const part of parts.slice(1, -1)) {
    const found = asked.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = parts.at(-1)!;
  return asked.length - last.length >= at && asked.endsWith(last);
}
