import type { EventIndex } from '../index/event-index.ts';
import { LaneAddress, type LanePlace } from './lane-address.ts';
import type { WatchedValue } from './watched-value.ts';

/** The text of a lane. */
export class LaneTextWatch implements WatchedValue {
  readonly #index: EventIndex;
  readonly #address: LaneAddress;

  constructor(index: EventIndex, place: LanePlace) {
    this.#index = index;
    this.#address = new LaneAddress(index, place);
  }

  valueAt(seq: number): string | undefined {
    const lane = this.#address.laneAt(seq);
    return lane < 0 ? undefined : this.#index.laneTextAt(lane, seq);
  }

  changesAt(seq: number): boolean {
    const lane = this.#address.laneAt(seq);
    if (this.#address.laneAt(seq - 1) !== lane) return this.valueAt(seq - 1) !== this.valueAt(seq);
    if (lane < 0) return false;
    return this.#index.laneLengthAt(lane, seq) !== this.#index.laneLengthAt(lane, seq - 1);
  }
}
