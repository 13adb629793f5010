import type { GrowingDocument } from '../growing/growing-document.ts';
import type { EventIndex } from '../index/event-index.ts';
import { factsOfRange, type RangeFacts } from './writings.ts';

/** A value of a lane's document, or a lane that is no document, and who wrote it. */
export interface Field {
  lane: number;
  /** -1 for a lane that is no document. */
  node: number;
  /** A JSON pointer, '' for the root and for a whole lane. */
  pointer: string;
  facts: RangeFacts;
}

/** The value of a node as far as it was written at a length of the text; null before it begins. */
export function fieldOf(
  index: EventIndex,
  lane: number,
  document: GrowingDocument,
  node: number,
  length = document.length,
): Field | null {
  const start = document.startOf(node);
  if (start < 0 || start >= length) return null;
  const closed = document.endOf(node);
  const open = document.brokenAt < 0 ? length : Math.min(length, document.brokenAt);
  const end = closed < 0 ? open : Math.min(closed, length);
  const facts = factsOfRange(index, lane, start, end);
  return facts && { lane, node, pointer: document.pointerOf(node), facts };
}

/**
 * The values of a document in the order of the text, as they are in the end. At most `limit`: each
 * costs O(log n), and the depth for its pointer.
 */
export function fieldsOf(
  index: EventIndex,
  lane: number,
  document: GrowingDocument,
  limit: number,
): Field[] {
  const fields: Field[] = [];
  for (let node = 0; node < document.nodeCount && fields.length < limit; node++) {
    const field = fieldOf(index, lane, document, node);
    if (field) fields.push(field);
  }
  return fields;
}

/** What a list of fields can be sorted by. */
export type FieldColumn =
  'pointer' | 'first' | 'last' | 'deltas' | 'characters' | 'firstTime' | 'lastTime';

/** What stands in a column: times in microseconds since the request. */
export function cellOf({ pointer, facts }: Field, column: FieldColumn): string | number {
  switch (column) {
    case 'pointer':
      return pointer;
    case 'first':
      return facts.first.seq;
    case 'last':
      return facts.last.seq;
    case 'deltas':
      return facts.events;
    case 'characters':
      return facts.to - facts.from;
    case 'firstTime':
      return facts.first.timeUs;
    case 'lastTime':
      return facts.last.timeUs;
  }
}

/** Sorted by a column; equal ones stay in the order of the text. */
export function sortedFields(
  fields: readonly Field[],
  column: FieldColumn,
  descending: boolean,
): Field[] {
  const sign = descending ? -1 : 1;
  return [...fields].sort((a, b) => {
    const one = cellOf(a, column);
    const other = cellOf(b, column);
    return one < other ? -sign : one > other ? sign : 0;
  });
}
