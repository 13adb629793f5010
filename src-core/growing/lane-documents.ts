import type { EventIndex } from '../index/event-index.ts';
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

  /** The document of all that a lane has so far; null where that is no JSON object or array. */
  of(number: number): GrowingDocument | null {
    const lane = this.#index.lanes[number];
    if (!lane) return null;
    let document = this.#documents[number];
    if (document === undefined) {
      // White space alone decides nothing.
      if (!/\S/.test(lane.text)) return null;
      // The lane keeps its text. Slices of it, kept, would each keep alive what it was at the time.
      const text = { slice: (start: number, end: number) => lane.text.slice(start, end) };
      document = looksLikeJson(lane.text) ? new GrowingDocument(text) : null;
      this.#documents[number] = document;
    }
    if (document && document.length < lane.text.length)
      document.append(lane.text.slice(document.length));
    return document;
  }

  /** The same as it was after an event; null also where the lane had not begun. */
  at(number: number, seq: number): DocumentPrefix | null {
    const length = this.#index.laneLengthAt(number, seq);
    return length < 0 ? null : (this.of(number)?.at(length) ?? null);
  }
}
