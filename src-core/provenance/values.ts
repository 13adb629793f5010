import type { DocumentPrefix } from '../growing/document-prefix.ts';
import type { GrowingDocument } from '../growing/growing-document.ts';
import type { EventIndex } from '../index/event-index.ts';
import { factsOfRange, type RangeFacts } from './writings.ts';

/** Who wrote a value of a lane's document, and its key. */
export interface ValueFacts {
  /** Null where the value has not begun. The quotes of a string and all within a container count. */
  value: RangeFacts | null;
  /** Null for the root and elements of arrays. */
  key: RangeFacts | null;
}

/** Who wrote a node of a document as it was at some length. O(log n). */
export function factsOfValue(
  index: EventIndex,
  lane: number,
  document: GrowingDocument,
  prefix: DocumentPrefix,
  node: number,
): ValueFacts {
  const start = document.startOf(node);
  const key = prefix.keyRangeOf(node);
  const keyEnd = key && (key[1] < 0 ? endOfOpenKey(prefix) : key[1]);
  return {
    value:
      prefix.kindOf(node) === 'none' ? null : factsOfRange(index, lane, start, prefix.endOf(node)),
    key: key && factsOfRange(index, lane, key[0], keyEnd!),
  };
}

function endOfOpenKey(prefix: DocumentPrefix): number {
  return prefix.brokenAt < 0 ? prefix.length : prefix.brokenAt;
}

/** A value that a range of a text is part of, or that lies in it. */
export interface TouchedValue {
  node: number;
  pointer: string;
  /** Its value begins, or ends, within the range. */
  begins: boolean;
  ends: boolean;
}

export interface TouchedValues {
  /** First the innermost value that the whole range is part of, then those within, in their order. */
  values: TouchedValue[];
  /** How many more there are. */
  more: number;
}

/**
 * The values of a document that the units `[from, to)` are characters of: their own or their keys'.
 * What is around the first of them is left out. At most `limit` are listed; O(limit + log n).
 */
export function valuesTouchedBy(
  document: GrowingDocument,
  from: number,
  to: number,
  limit: number,
): TouchedValues {
  const end = document.brokenAt < 0 ? to : Math.min(to, document.brokenAt);
  const begun = document.at(from).nodeCount;
  const until = document.at(end).nodeCount;
  const nodes: number[] = [];
  // Outwards from the first unit to what the last one is part of as well.
  for (let node = document.nodeAt(from)?.node ?? -1; node >= 0; node = document.parentOf(node)) {
    nodes.unshift(node);
    const nodeEnd = document.endOf(node);
    if (nodeEnd < 0 || end <= nodeEnd) break;
  }
  const around = new Set(nodes);
  let total = nodes.length;
  nodes.length = Math.min(total, limit);
  for (const node of around) if (node >= begun) total--;
  for (let node = begun; node < until && nodes.length < limit; node++)
    if (!around.has(node)) nodes.push(node);
  return {
    values: nodes.map((node) => {
      const start = document.startOf(node);
      const valueEnd = document.endOf(node);
      return {
        node,
        pointer: document.pointerOf(node),
        begins: start >= from && start < end,
        ends: valueEnd > from && valueEnd <= end,
      };
    }),
    more: total + Math.max(0, until - begun) - nodes.length,
  };
}
