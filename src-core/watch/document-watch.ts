import type { DocumentPrefix } from '../growing/document-prefix.ts';
import type { GrowingDocument } from '../growing/growing-document.ts';
import type { LaneDocuments } from '../growing/lane-documents.ts';
import { stringValue } from '../growing/scalar-value.ts';
import type { EventIndex } from '../index/event-index.ts';
import type { JsonValue } from '../json.ts';
import { isSame } from './same-value.ts';
import { LaneAddress, type LanePlace } from './lane-address.ts';
import type { WatchedValue } from './watched-value.ts';

/** A place in the JSON document that a lane's text is. */
export class DocumentWatch implements WatchedValue {
  readonly #index: EventIndex;
  readonly #documents: LaneDocuments;
  readonly #address: LaneAddress;
  readonly #pointer: string;

  /** @param pointer a JSON pointer, '' for the whole document. */
  constructor(
    { index, documents }: { index: EventIndex; documents: LaneDocuments },
    place: LanePlace,
    pointer: string,
  ) {
    this.#index = index;
    this.#documents = documents;
    this.#address = new LaneAddress(index, place);
    this.#pointer = pointer;
  }

  valueAt(seq: number): JsonValue | undefined {
    const lane = this.#address.laneAt(seq);
    const prefix = lane < 0 ? null : this.#documents.at(lane, seq);
    const node = prefix?.find(this.#pointer) ?? -1;
    return node < 0 ? undefined : prefix!.valueOf(node);
  }

  changesAt(seq: number): boolean {
    const lane = this.#address.laneAt(seq);
    const isSameLane = this.#address.laneAt(seq - 1) === lane;
    if (!isSameLane) return !isSame(this.valueAt(seq - 1), this.valueAt(seq));
    if (lane < 0) return false;
    const from = Math.max(0, this.#index.laneLengthAt(lane, seq - 1));
    const to = this.#index.laneLengthAt(lane, seq);
    const document = from < to ? this.#documents.of(lane) : null;
    if (!document) return false;
    const before = document.at(from);
    const after = document.at(to);
    const node = after.find(this.#pointer);
    if (node < 0) return false;
    // It appears, or a later member takes over its key.
    if (before.find(this.#pointer) !== node)
      return !isSame(this.valueAt(seq - 1), this.valueAt(seq));
    return changesBetween(document, before, after, node);
  }
}

/**
 * Whether the value of a node that is in both prefixes differs: a value began in it, or the scalar
 * that was open became another one. Looks only at what came between the two.
 */
function changesBetween(
  document: GrowingDocument,
  before: DocumentPrefix,
  after: DocumentPrefix,
  node: number,
): boolean {
  if (before.stateOf(node) !== 'open') return false;
  const end = after.endOf(node);
  for (let at = Math.max(node, before.nodeCount - 1); at < after.nodeCount; at++) {
    const start = document.startOf(at);
    if (start < 0 || start >= end) continue;
    if (start >= before.length) {
      // A lone minus is no value yet: its container goes without it.
      if (document.slice(start, after.endOf(at)) === '-') continue;
      return true;
    }
    if (scalarChanges(document, before, after, at)) return true;
  }
  return false;
}

function scalarChanges(
  document: GrowingDocument,
  before: DocumentPrefix,
  after: DocumentPrefix,
  node: number,
): boolean {
  if (before.stateOf(node) !== 'open') return false;
  switch (document.kindOf(node)) {
    case 'string': {
      const start = document.startOf(node) + 1;
      const closes = after.stateOf(node) === 'closed';
      const end = after.endOf(node) - (closes ? 1 : 0);
      const from = cleanCut(document, start, before.length);
      return (
        stringValue(document.slice(from, before.length)).length !==
        stringValue(document.slice(from, end)).length
      );
    }
    case 'number':
    case 'keyword':
      return !isSame(before.valueOf(node), after.valueOf(node));
    default:
      return false;
  }
}

/** The longest escape: a character beyond the basic plane as two of six units. */
const LONGEST_ESCAPE = 12;

/**
 * A place shortly before `to` in a string at which no escape is cut, so that the string can be read
 * from there; `start` where there is none near.
 */
function cleanCut(document: GrowingDocument, start: number, to: number): number {
  const from = Math.max(start, to - 16 * LONGEST_ESCAPE);
  if (from === start) return start;
  const text = document.slice(from, to);
  for (let at = text.length - LONGEST_ESCAPE; at >= LONGEST_ESCAPE; at--) {
    if (!text.slice(at - LONGEST_ESCAPE, at).includes('\\')) return from + at;
  }
  return start;
}
