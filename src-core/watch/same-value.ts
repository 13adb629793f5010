import { isObject, type JsonValue } from '../json.ts';

type Seen = JsonValue | undefined;

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
