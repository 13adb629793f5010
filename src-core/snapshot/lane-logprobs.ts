import { NumberList } from '../index/columns.ts';
import type { EventIndex } from '../index/event-index.ts';
import { isObject, type JsonValue } from '../json.ts';

interface Collected {
  values: JsonValue[];
  /** How many values there are after each of the lane's events that carry some. */
  counts: NumberList;
}

/**
 * The log probabilities that deltas bring to their lanes. They are many times the text, so the index
 * keeps only which events carry some; each of those is decoded once, when a snapshot that shows them
 * is asked for.
 */
export class LaneLogprobs {
  readonly #index: EventIndex;
  readonly #decode: (seq: number) => JsonValue | undefined;
  #lanes = new Map<number, Collected>();

  constructor(index: EventIndex, decode: (seq: number) => JsonValue | undefined) {
    this.#index = index;
    this.#decode = decode;
  }

  /** Those that events from `sinceSeq` to `seq` brought to a lane. */
  of({ lane, sinceSeq }: { lane: number; sinceSeq: number }, seq: number): JsonValue[] {
    const { withLogprobs } = this.#index.lanes[lane]!;
    const to = withLogprobs.countUpTo(seq);
    const from = withLogprobs.countUpTo(sinceSeq - 1);
    if (from >= to) return [];
    let known = this.#lanes.get(lane);
    if (!known) this.#lanes.set(lane, (known = { values: [], counts: new NumberList() }));
    for (let row = known.counts.length; row < to; row++) {
      const event = this.#decode(withLogprobs.at(row));
      const found = isObject(event) && Array.isArray(event.logprobs) ? event.logprobs : [];
      for (const value of found) known.values.push(value);
      known.counts.push(known.values.length);
    }
    const start = from === 0 ? 0 : known.counts.at(from - 1);
    return known.values.slice(start, known.counts.at(to - 1));
  }
}
