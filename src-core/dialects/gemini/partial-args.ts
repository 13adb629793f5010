import { isObject, type JsonObject, type JsonValue } from '../../json.ts';
import { indexOf } from '../../responses/router.ts';
import type { ReduceState } from '../dialect.ts';

type Key = string | number;

/**
 * Writes one `{jsonPath, stringValue|numberValue|boolValue|nullValue, willContinue}` below `path`. A
 * string that comes in several pieces goes on where the one before ended.
 */
export function applyPartialArg(piece: JsonObject, path: readonly Key[], state: ReduceState): void {
  const keys = typeof piece.jsonPath === 'string' ? keysOf(piece.jsonPath) : null;
  if (keys === null || keys.length === 0) return;
  const target = [...path, ...keys];
  if (typeof piece.stringValue === 'string') {
    const before = valueAt(state.root, target);
    state.set(target, (typeof before === 'string' ? before : '') + piece.stringValue);
    return;
  }
  if (typeof piece.numberValue === 'number') state.set(target, piece.numberValue);
  else if (typeof piece.boolValue === 'boolean') state.set(target, piece.boolValue);
  else if ('nullValue' in piece) state.set(target, null);
}

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\]/y;

/** The keys of a path such as `$.stops[0].name`; null where it is none. */
function keysOf(jsonPath: string): Key[] | null {
  if (!jsonPath.startsWith('$')) return null;
  const keys: Key[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < jsonPath.length) {
    const step = STEP.exec(jsonPath);
    if (step === null) return null;
    const [, name, index, double, single] = step;
    if (index !== undefined) {
      const at = indexOf(Number(index));
      if (at < 0) return null;
      keys.push(at);
    } else keys.push(name ?? (double ?? single ?? '').replace(/\\(.)/g, '$1'));
  }
  return keys;
}

function valueAt(root: JsonObject | null, path: readonly Key[]): JsonValue | undefined {
  let value: JsonValue | undefined = root ?? undefined;
  for (const key of path) {
    if (typeof key === 'number') value = Array.isArray(value) ? value[key] : undefined;
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}
