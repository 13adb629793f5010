import type { JsonValue } from '../json.ts';

/** Deeper values are not compared. */
const DEEPEST = 200;

/**
 * A text that is the same for two values exactly where JSON Schema takes them for equal: the order of
 * members is none of it, 1.0 is 1. Null of a value that is too deep.
 */
export function canonicalText(value: JsonValue, depth = 0): string | null {
  if (typeof value === 'number') return String(value === 0 ? 0 : value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (depth > DEEPEST) return null;
  const parts: string[] = [];
  if (Array.isArray(value))
    for (const item of value) {
      const text = canonicalText(item, depth + 1);
      if (text === null) return null;
      parts.push(text);
    }
  else
    for (const key of Object.keys(value).sort()) {
      const text = canonicalText(value[key]!, depth + 1);
      if (text === null) return null;
      parts.push(`${JSON.stringify(key)}:${text}`);
    }
  return Array.isArray(value) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}
