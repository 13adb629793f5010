import { LANE_KINDS, type Lane, type LaneKind } from '../index/batch.ts';
import { type EventIndex, laneAddress } from '../index/event-index.ts';

/** Where a lane is within the output. */
export interface LanePlace {
  readonly outputIndex: number;
  readonly subIndex: number;
  /** Null where only the address was named: the first kind of `LANE_KINDS` that has begun there. */
  readonly kind: LaneKind | null;
}

/**
 * The lane that is at a place, in the response that the event belongs to: of several generations the
 * one that began last.
 */
export class LaneAddress {
  readonly #index: EventIndex;
  readonly #place: LanePlace;
  /** The lanes that ever had the place, by response and kind; ascending, in the order they began. */
  readonly #lanes = new Map<number, Map<LaneKind, number[]>>();
  #looked = 0;

  constructor(index: EventIndex, place: LanePlace) {
    this.#index = index;
    this.#place = place;
  }

  /** -1 where none had begun. */
  laneAt(seq: number): number {
    this.#catchUp();
    const byKind = this.#lanes.get(this.#index.responseOf(seq));
    if (!byKind) return -1;
    for (const kind of this.#place.kind ? [this.#place.kind] : LANE_KINDS) {
      const begun = byKind.get(kind);
      const count = begun ? this.#countBegun(begun, seq) : 0;
      if (count > 0) return begun![count - 1]!;
    }
    return -1;
  }

  #catchUp(): void {
    const { lanes } = this.#index;
    for (; this.#looked < lanes.length; this.#looked++) {
      const { outputIndex, subIndex, kind, response } = lanes[this.#looked]!;
      if (outputIndex !== this.#place.outputIndex || subIndex !== this.#place.subIndex) continue;
      let byKind = this.#lanes.get(response);
      if (!byKind) this.#lanes.set(response, (byKind = new Map()));
      const known = byKind.get(kind);
      if (known) known.push(this.#looked);
      else byKind.set(kind, [this.#looked]);
    }
  }

  /** How many of the lanes had begun: a binary search, as a text may be replaced at every event. */
  #countBegun(numbers: readonly number[], seq: number): number {
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#index.lanes[numbers[middle]!]!.firstSeq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** How a watch names a lane: with its kind where another kind has the same address. */
export function watchedAddress(index: EventIndex, lane: Lane): string {
  const isShared = index.lanes.some(
    (other) =>
      other.kind !== lane.kind &&
      other.outputIndex === lane.outputIndex &&
      other.subIndex === lane.subIndex,
  );
  return isShared ? `${laneAddress(lane)}:${lane.kind}` : laneAddress(lane);
}
