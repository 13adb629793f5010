import { parseJson } from '../../src-core/json.ts';
import type { SchemaChange } from '../../src-core/schema-diff/change.ts';
import { compareSchemas } from '../../src-core/schema-diff/compare.ts';

/** What differs between two texts; which of them is not JSON, where one is not. */
export type Differences =
  { changes: SchemaChange[]; broken: null } | { changes: null; broken: 'older' | 'newer' };

export function differencesOf(before: string, after: string): Differences {
  const [old, fresh] = [parseJson(before), parseJson(after)];
  if (old === undefined) return { changes: null, broken: 'older' };
  if (fresh === undefined) return { changes: null, broken: 'newer' };
  return { changes: compareSchemas(old, fresh), broken: null };
}
