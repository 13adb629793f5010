import * as v from 'valibot';

/**
 * The entries of a stored list that can be used: damaged ones, those whose key was there already and
 * those beyond `most` are left out, the rest stays.
 */
export function soundEntries<Schema extends v.GenericSchema>(
  list: readonly unknown[],
  schema: Schema,
  keyOf: (entry: v.InferOutput<Schema>) => unknown,
  most: number,
): v.InferOutput<Schema>[] {
  const kept = new Map<unknown, v.InferOutput<Schema>>();
  for (const one of list) {
    if (kept.size >= most) break;
    const result = v.safeParse(schema, one);
    if (!result.success) continue;
    const key = keyOf(result.output);
    if (!kept.has(key)) kept.set(key, result.output);
  }
  return [...kept.values()];
}
