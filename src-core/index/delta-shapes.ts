import { type DeltaShape, shapeOf } from './delta-shape.ts';
import type { LaneText } from './lane-texts.ts';

/** Items that are open at once: xAI interleaves up to five. */
const KEPT = 6;
/** After so many shapes in a row that never matched, only one delta in `SELDOM` is learned from. */
const PATIENCE = 12;
const SELDOM = 64;

/** The shapes of the deltas that came last, the last one first. */
export class DeltaShapes {
  #shapes: DeltaShape[] = [];
  #fruitless = 0;
  #skipped = 0;
  /** Whether the last event had a known shape, though it may not have been of use. */
  #matched = false;

  /** What was right for the deltas so far may not be now: another response, item, part or text. */
  clear(): void {
    this.#shapes = [];
  }

  /** The shape of an event whose text is being written by deltas, null for any other event. */
  find(bytes: Uint8Array, view: DataView, start: number, end: number): DeltaShape | null {
    const shapes = this.#shapes;
    this.#matched = false;
    for (let at = 0; at < shapes.length; at++) {
      const shape = shapes[at]!;
      if (!shape.matches(bytes, view, start, end)) continue;
      if (at > 0) {
        shapes.splice(at, 1);
        shapes.unshift(shape);
      }
      this.#matched = true;
      this.#fruitless = 0;
      // The first delta after the text was set as a whole changes structure.
      return shape.text.bound ? shape : null;
    }
    return null;
  }

  /** Remembers what a delta looks like that had to be parsed. */
  learn(bytes: Uint8Array, start: number, end: number, type: number, text: LaneText): void {
    if (this.#matched) return;
    // A proxy that gives every event a new id makes every shape useless.
    if (this.#fruitless > PATIENCE && ++this.#skipped % SELDOM !== 0) return;
    const shape = shapeOf(bytes, start, end, type, text);
    if (!shape) return;
    this.#fruitless++;
    this.#shapes.unshift(shape);
    if (this.#shapes.length > KEPT) this.#shapes.pop();
  }
}
