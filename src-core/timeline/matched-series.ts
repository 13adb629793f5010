import { Series } from './series.ts';
import type { Track, Tracks } from './tracks.ts';

/** Some of the events of a capture by track: those that a filter lets through. */
export class MatchedSeries {
  readonly #tracks: Tracks;
  readonly #series = new Map<Track, Series>();

  constructor(tracks: Tracks) {
    this.#tracks = tracks;
  }

  /** Events are added in ascending order, once the tracks have taken them in. */
  add(seq: number, type: number): void {
    const track = this.#tracks.of(seq);
    let series = this.#series.get(track);
    if (!series) this.#series.set(track, (series = new Series()));
    series.push(seq, type);
  }

  of(track: Track): Series | undefined {
    return this.#series.get(track);
  }
}
