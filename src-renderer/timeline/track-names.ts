import { isObject } from '../../src-core/json.ts';
import { ruleOf } from '../../src-core/responses/event-types.ts';
import type { Track, Tracks } from '../../src-core/timeline/tracks.ts';
import { describeLane } from '../../src-core/index/lane-names.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';

/** Names tracks as a person would: `message 0`, `output text 0/0`. Names that are final are kept. */
export class TrackNames {
  readonly #view: CaptureView;
  readonly #tracks: Tracks;
  readonly #known = new Map<Track, string>();

  constructor(view: CaptureView, tracks: Tracks) {
    this.#view = view;
    this.#tracks = tracks;
  }

  of(track: Track): string {
    const known = this.#known.get(track);
    if (known !== undefined) return known;
    const { name, isFinal } = this.#nameOf(track);
    const whole = track.response > 0 ? `${name}, response ${track.response + 1}` : name;
    if (isFinal) this.#known.set(track, whole);
    return whole;
  }

  #nameOf(track: Track): { name: string; isFinal: boolean } {
    const { index } = this.#view;
    if (track.kind === 'lifecycle') {
      // A stream of another protocol has one track, and no lifecycle that we know of.
      const isKnown = index.types.some((type) => ruleOf(type) !== undefined);
      return { name: isKnown || index.count === 0 ? 'lifecycle' : 'events', isFinal: isKnown };
    }
    if (track.kind === 'lane') {
      const lane = index.lanes[track.lane]!;
      const again = lane.generation > 0 ? `, version ${lane.generation + 1}` : '';
      return { name: describeLane(lane, true) + again, isFinal: true };
    }
    const seq = this.#tracks.announcementOf(track);
    const value = seq < 0 ? undefined : this.#view.event(seq).value;
    const item = isObject(value) && isObject(value.item) ? value.item : {};
    const type = typeof item.type === 'string' ? item.type.replaceAll('_', ' ') : 'item';
    return { name: `${type} ${track.item}`, isFinal: seq >= 0 };
  }
}
