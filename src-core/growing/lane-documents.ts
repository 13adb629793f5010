import type { EventIndex, IndexedLane } from '../index/event-index.ts';
import type { DocumentPrefix } from './document-prefix.ts';
import { GrowingDocument } from './growing-document.ts';
import { looksLikeJson } from './looks-like-json.ts';

/** The documents of the lanes that are JSON, read when they are asked for, and then only what is new. */
export class LaneDocuments {
  readonly #index: EventIndex;
  /** Null where the text begins with something else. */
  readonly #documents: (GrowingDocument | null | undefined)[] = [];

  constructor(index: EventIndex) {
    this.#index = index;
  }

  /**
   * The document of all that a lane has so far; null where that is no JSON object or array. Reads
   * what is new, about 20 ms a million characters: `readOn` does so in slices.
   */
  of(number: number): GrowingDocument | null {
    this.readOn(number, Infinity);
    return this.#documents[number] ?? null;
  }

  /** Reads at most so many units of what a lane has and its document has not. True if that was all. */
  readOn(number: number, units: number): boolean {
    const lane = this.#index.lanes[number];
    const document = lane && this.#begun(number, lane);
    if (!document || document.length === lane.text.length) return true;
    document.append(lane.text.slice(document.length, document.length + units));
    return document.length === lane.text.length;
  }

  #begun(number: number, lane: IndexedLane): GrowingDocument | null {
    const known = this.#documents[number];
    if (known !== undefined) return known;
    // White space alone decides nothing.
    if (!/\S/.test(lane.text)) return null;
    // The lane keeps its text. Slices of it, kept, would each keep alive what it was at the time.
    const text = { slice: (start: number, end: number) => lane.text.slice(start, end) };
    const document = looksLikeJson(lane.text) ? new GrowingDocument(text) : null;
    this.#documents[number] = document;
    return document;
  }

  /** The same as it was after an event; null also where the lane had not begun. */
  at(number: number, seq: number): DocumentPrefix | null {
    const length = this.#index.laneLengthAt(number, seq);
    return length < 0 ? null : (this.of(number)?.at(length) ?? null);
  }
}
