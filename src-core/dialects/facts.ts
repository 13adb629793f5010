import { isObject, type JsonObject, type JsonValue, stringOf } from '../json.ts';
import type { Path } from '../snapshot/draft.ts';
import type { ReduceState } from './dialect.ts';

/** A count of tokens, null where the value is none. */
export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/** Those that are counts, added up; null where none is. */
export function sumOf(...values: unknown[]): number | null {
  const counts = values.map(countOf).filter((count) => count !== null);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

/** What servers say when they fail: `{code|type|status, message}`, a text, or something else. */
export function errorText(error: JsonValue | undefined): string {
  if (typeof error === 'string') return error;
  if (!isObject(error)) return 'no message given';
  const { code, type, status } = error;
  const name = [code, type, status].find(
    (word) => (typeof word === 'string' && word !== '') || typeof word === 'number',
  );
  const message = stringOf(error.message) || 'no message given';
  return name === undefined ? message : `${String(name)}: ${message}`;
}

/** The member names that say something and are not in `but`: null stands for "not there". */
export function factsOf(from: JsonObject, but: ReadonlySet<string>): [string, JsonValue][] {
  const facts: [string, JsonValue][] = [];
  for (const name in from) {
    const value = from[name];
    if (value !== undefined && value !== null && name !== '__proto__' && !but.has(name))
      facts.push([name, value]);
  }
  return facts;
}

/** Sets what an event says of the object at `path`, where it is news to `known`. */
export function tell(
  state: ReduceState,
  path: Path,
  known: JsonObject | null,
  from: JsonObject,
  but: ReadonlySet<string>,
): void {
  for (const [name, value] of factsOf(from, but)) {
    if (known?.[name] !== value) state.set([...path, name], value);
  }
}

/** The objects of a list; [] where it is none. */
export function objectsOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The object at a place of a list, null where there is none. */
export function objectAt(list: unknown, at: number): JsonObject | null {
  const value: unknown = Array.isArray(list) ? list[at] : undefined;
  return isObject(value) ? value : null;
}
