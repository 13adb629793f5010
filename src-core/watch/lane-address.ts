import type { EventIndex } from '../index/event-index.ts';

/** The lane that is at an address: of several the one that began last, as the newest generation. */
export class LaneAddress {
  readonly #index: EventIndex;
  readonly #outputIndex: number;
  readonly #subIndex: number;
  /** The lanes that ever had the address, by number, which is the order in which they began. */
  readonly #lanes: number[] = [];
  #looked = 0;

  constructor(index: EventIndex, outputIndex: number, subIndex: number) {
    this.#index = index;
    this.#outputIndex = outputIndex;
    this.#subIndex = subIndex;
  }

  /** -1 where none had begun. */
  laneAt(seq: number): number {
    const { lanes } = this.#index;
    for (; this.#looked < lanes.length; this.#looked++) {
      const { outputIndex, subIndex } = lanes[this.#looked]!;
      if (outputIndex === this.#outputIndex && subIndex === this.#subIndex)
        this.#lanes.push(this.#looked);
    }
    for (let at = this.#lanes.length - 1; at >= 0; at--) {
      const number = this.#lanes[at]!;
      if (lanes[number]!.firstSeq <= seq) return number;
    }
    return -1;
  }
}
