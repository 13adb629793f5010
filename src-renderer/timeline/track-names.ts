import { isObject, stringOf } from '../../src-core/json.ts';
import type { DialectId } from '../../src-core/dialects/dialect.ts';
import { dialectOf } from '../../src-core/dialects/dialects.ts';
import type { Track, Tracks } from '../../src-core/timeline/tracks.ts';
import { describeLane } from '../../src-core/index/lane-names.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';

/** What is counted by the first number of a lane's address. */
const ITEM_WORDS: Record<DialectId, string> = {
  responses: 'item',
  chat: 'choice',
  messages: 'block',
  gemini: 'candidate',
  ollama: 'message',
  plain: 'item',
};

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
      const isKnown = index.dialect !== 'plain';
      return { name: isKnown || index.count === 0 ? 'lifecycle' : 'events', isFinal: isKnown };
    }
    if (track.kind === 'lane') {
      const lane = index.lanes[track.lane]!;
      const again = lane.generation > 0 ? `, version ${lane.generation + 1}` : '';
      return { name: describeLane(lane, true) + again, isFinal: true };
    }
    if (index.dialect !== 'responses') return this.#otherItem(track);
    const seq = this.#tracks.announcementOf(track);
    const value = seq < 0 ? undefined : this.#view.event(seq).value;
    const item = isObject(value) && isObject(value.item) ? value.item : {};
    const type = typeof item.type === 'string' ? item.type.replaceAll('_', ' ') : 'item';
    return { name: `${type} ${track.item}`, isFinal: seq >= 0 };
  }

  /** A block has a type; choices and candidates have none. */
  #otherItem(track: Track): { name: string; isFinal: boolean } {
    const { index } = this.#view;
    const lane = { kind: 'output_text', outputIndex: track.item, subIndex: -1 } as const;
    const root = this.#view.snapshotAt(track.series.last);
    const item = root && dialectOf(index.dialect).itemOf(root, lane);
    const word = ITEM_WORDS[index.dialect];
    const type = item && index.dialect === 'messages' ? stringOf(item.type) : '';
    return { name: `${type.replaceAll('_', ' ') || word} ${track.item}`, isFinal: type !== '' };
  }
}
