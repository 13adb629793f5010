import { arrayIndexOf } from '../growing/pointer.ts';
import { isObject, type JsonValue } from '../json.ts';

/** A value of a capture that is looked at event by event. */
export interface WatchedValue {
  /** The value after event `seq`, undefined where there is none. Read-only: it is shared. */
  valueAt(seq: number): JsonValue | undefined;
  /**
   * Whether the value after event `seq` is another one than before it. Asked of all events in order,
   * this costs about one reading of the capture: texts that only grew are never compared.
   */
  changesAt(seq: number): boolean;
}

/** The value that the keys of a JSON pointer name, undefined if they name none (RFC 6901). */
export function valueAtKeys(
  root: JsonValue | undefined,
  keys: readonly string[],
): JsonValue | undefined {
  let value = root;
  for (const key of keys) {
    if (Array.isArray(value)) value = value[arrayIndexOf(key)];
    else if (isObject(value)) value = Object.hasOwn(value, key) ? value[key] : undefined;
    else return undefined;
  }
  return value;
}

/** How a place lies to another one. */
export type Relation = 'at-or-above' | 'below' | 'apart';

/** Where `keys` are, seen from the place at `path`. */
export function relationOf(
  keys: readonly (string | number)[],
  path: readonly (string | number)[],
): Relation {
  const shared = Math.min(keys.length, path.length);
  for (let at = 0; at < shared; at++) if (String(keys[at]) !== String(path[at])) return 'apart';
  return keys.length <= path.length ? 'at-or-above' : 'below';
}
