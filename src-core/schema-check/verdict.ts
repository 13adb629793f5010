import type { SchemaCheck } from './schema-check.ts';

/** What is said of an output that was asked for with a schema. */
export type SchemaWord =
  | 'valid so far'
  | 'valid'
  | 'invalid'
  | 'refusal'
  | 'truncated'
  | 'not JSON'
  /** It is whole, and what could be judged is right. */
  | 'not judged in full';

/**
 * The word for a text when it had `length` units.
 * @param isOver nothing follows
 * @param whole what a validator says of the whole text, null where it said nothing (yet)
 */
export function schemaWord(
  check: SchemaCheck,
  length: number,
  isOver: boolean,
  whole: boolean | null,
): SchemaWord {
  const { state } = check.document.at(length);
  if (state === 'broken') return 'not JSON';
  const { outcome } = check.at(length);
  if (outcome === 'failed') return 'invalid';
  // A number that is the whole text may go on until nothing follows.
  if (outcome === 'open' && !isOver) return 'valid so far';
  if (state === 'open') return isOver ? 'truncated' : 'valid so far';
  // More may come after a whole text, but no more than white space.
  if (whole === false) return 'invalid';
  return outcome === 'passed' || whole === true ? 'valid' : 'not judged in full';
}
