import type { JsonValue } from '../json.ts';
import { differences } from './difference.ts';

/** What became of a place in a watched value: '' for the value as a whole. */
export interface Change {
  pointer: string;
  kind: 'appeared' | 'vanished' | 'grew' | 'changed';
  before: JsonValue | undefined;
  after: JsonValue | undefined;
  /** Of a text that grew: what was appended to it. */
  added: string;
}

/** What an event did to a value, place by place in the order of the document, at most `limit`. */
export function changesBetween(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  limit: number,
): Change[] {
  return differences(before, after, limit).map((place) => ({ ...place, ...kindOf(place) }));
}

function kindOf({
  before,
  after,
}: {
  before: JsonValue | undefined;
  after: JsonValue | undefined;
}): Pick<Change, 'kind' | 'added'> {
  if (before === undefined) return { kind: 'appeared', added: '' };
  if (after === undefined) return { kind: 'vanished', added: '' };
  if (typeof before === 'string' && typeof after === 'string' && after.startsWith(before))
    return { kind: 'grew', added: after.slice(before.length) };
  return { kind: 'changed', added: '' };
}
