import { EventFlag } from '../index/batch.ts';
import type { EventIndex } from '../index/event-index.ts';
import { ruleOf } from '../responses/event-types.ts';
import { Series } from './series.ts';

/**
 * One row of the timeline: the lifecycle (all that is about no item), an item (what of it writes to
 * no lane: structure and statuses), or a lane.
 */
export interface Track {
  readonly kind: 'lifecycle' | 'item' | 'lane';
  /** Output index of the item, -1 for the lifecycle. */
  readonly item: number;
  /** The lane's number, -1 for others. */
  readonly lane: number;
  /** How many responses began before this one in the capture. */
  readonly response: number;
  readonly series: Series;
  /** The longest time without an event between two of the track, in microseconds. */
  longestGapUs: number;
}

/**
 * The events of a capture by track. Every event is in exactly one, so counts add up. Reading on
 * costs in proportion to what is new.
 */
export class Tracks {
  readonly #index: EventIndex;
  #examined = 0;
  #tracks: Track[];
  readonly #lifecycle: Track;
  /** By response, then by item. */
  readonly #items: Map<number, Track>[] = [];
  readonly #lanes: Track[] = [];

  constructor(index: EventIndex) {
    this.#index = index;
    this.#lifecycle = trackOf('lifecycle', -1, -1, 0);
    this.#tracks = [this.#lifecycle];
  }

  /** How many events are in the tracks. */
  get count(): number {
    return this.#examined;
  }
  /** In the order of the output; the lifecycle is first. */
  get list(): readonly Track[] {
    return this.#tracks;
  }

  /** Takes in at most `most` events that are new. Returns whether all are in. */
  extend(most = Infinity): boolean {
    const index = this.#index;
    const { timeUs, type } = index.columns;
    const to = Math.min(index.count, this.#examined + most);
    const before = this.#tracks.length;
    for (let seq = this.#examined; seq < to; seq++) {
      const track = this.#trackFor(seq);
      const { series } = track;
      if (series.count > 0)
        track.longestGapUs = Math.max(track.longestGapUs, timeUs[seq]! - timeUs[series.last]!);
      series.push(seq, type[seq]!);
    }
    this.#examined = to;
    if (this.#tracks.length > before) this.#tracks = [...this.#tracks].sort(byOutput);
    return to >= index.count;
  }

  /** The track of an event that was taken in. */
  of(seq: number): Track {
    return this.#trackFor(seq);
  }

  #trackFor(seq: number): Track {
    const { lane, item } = this.#index.columns;
    const laneNumber = lane[seq]!;
    if (laneNumber >= 0)
      return (this.#lanes[laneNumber] ??= this.#added(this.#laneTrack(laneNumber)));
    const itemIndex = item[seq]!;
    if (itemIndex < 0) return this.#lifecycle;
    const response = this.#index.responseOf(seq);
    const items = (this.#items[response] ??= new Map<number, Track>());
    let track = items.get(itemIndex);
    if (!track) {
      track = this.#added(trackOf('item', itemIndex, -1, response));
      items.set(itemIndex, track);
    }
    return track;
  }

  #laneTrack(number: number): Track {
    const { outputIndex, response } = this.#index.lanes[number]!;
    return trackOf('lane', outputIndex, number, response);
  }

  #added(track: Track): Track {
    this.#tracks.push(track);
    return track;
  }

  /** The event that shows what an item is: its announcement, or what closed it; -1 without one. */
  announcementOf(track: Track): number {
    const { columns } = this.#index;
    for (const { type, seqs } of track.series.types) {
      const op = type < 0 ? undefined : ruleOf(this.#index.types[type]!)?.op;
      if (op !== 'item-added' && op !== 'item-done') continue;
      const seq = seqs.at(0);
      if ((columns.flags[seq]! & EventFlag.notJson) === 0) return seq;
    }
    return -1;
  }
}

function trackOf(kind: Track['kind'], item: number, lane: number, response: number): Track {
  return { kind, item, lane, response, series: new Series(), longestGapUs: 0 };
}

const RANK: Record<Track['kind'], number> = { lifecycle: 0, item: 1, lane: 2 };

/** An item comes before its lanes; these by their numbers, which is the order they began in. */
function byOutput(a: Track, b: Track): number {
  if (a.kind === 'lifecycle' || b.kind === 'lifecycle') return RANK[a.kind] - RANK[b.kind];
  return (
    a.response - b.response || a.item - b.item || RANK[a.kind] - RANK[b.kind] || a.lane - b.lane
  );
}
