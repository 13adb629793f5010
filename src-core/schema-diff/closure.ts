import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { localPointer, valueAt } from '../schema-walk.ts';
import { canonicalText } from '../schema-check/equality.ts';

/** What says nothing of values. */
const ANNOTATIONS = ['title', 'description', 'default', 'examples', '$comment', 'deprecated'];

/** A document that schemas are in. */
export interface Side {
  root: JsonValue;
}

/**
 * A text that is the same for two values of schemas only where they mean the same: the value itself, and
 * all that it refers to.
 */
export function closureText(value: JsonValue, side: Side): string {
  const texts: string[] = [canonicalText(value) ?? 'too deep'];
  const seen = new Set<string>();
  const waiting = [value];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const ref of refsIn(at)) {
      if (seen.has(ref)) continue;
      seen.add(ref);
      const pointer = localPointer(ref);
      const target = pointer === null ? undefined : valueAt(side.root, pointer);
      texts.push(
        `${ref} ${target === undefined ? 'nothing' : (canonicalText(target) ?? 'too deep')}`,
      );
      if (target !== undefined) waiting.push(target);
    }
  return [texts[0], ...texts.slice(1).sort()].join('\n');
}

function refsIn(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (inner === undefined) return [];
    return key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner);
  });
}

/** The schema at a place with its references followed, and where that is. */
export function resolved(
  schema: JsonValue,
  pointer: string,
  side: Side,
): { schema: JsonValue; pointer: string } {
  const seen = new Set<string>();
  for (;;) {
    if (!isObject(schema)) return { schema, pointer };
    const meaning = meaningOf(schema);
    const keys = Object.keys(meaning);
    if (keys.length !== 1) return { schema, pointer };
    const only = keys[0] === 'allOf' && Array.isArray(meaning.allOf) ? meaning.allOf : null;
    if (only?.length === 1) {
      schema = only[0]!;
      pointer += '/allOf/0';
      continue;
    }
    const target = keys[0] === '$ref' ? localPointer(meaning.$ref) : null;
    const next = target === null ? undefined : valueAt(side.root, target);
    if (target === null || next === undefined || seen.has(target)) return { schema, pointer };
    seen.add(target);
    schema = next;
    pointer = target;
  }
}

/** Without what says nothing of values, and without definitions. */
export function meaningOf(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).filter(
      ([key, value]) =>
        value !== undefined &&
        !ANNOTATIONS.includes(key) &&
        !['$defs', 'definitions', '$schema', '$id'].includes(key),
    ),
  );
}
