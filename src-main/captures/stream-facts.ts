import type { CaptureEnd, StreamStatus } from '../../src-core/capture.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import type { ProblemTally } from '../../src-core/problem.ts';
import { indexOptions, type KnownOfCapture } from '../../src-core/index/index-options.ts';

/** The facts of a stream that a list of captures shows, and nothing else of the index. */
export interface StreamSummary {
  events: number;
  problems: ProblemTally[];
  /** The id of the profile that is recognised, null for none. */
  profile: string | null;
  model: string;
  /** What the events say: see `Indexer.streamStatus`. */
  stream: StreamStatus;
  /** Microseconds; 0 where times are not recorded. */
  lastTimeUs: number;
}

/** Bytes between two clearings of what the indexer found: it bounds memory, it is not seen. */
const DISCARD_EVERY = 4 * 1024 * 1024;

/** Reads a stream for its summary only: what the indexer finds is thrown away as it comes. */
export class StreamFacts {
  readonly #known: () => KnownOfCapture;
  #indexer: Indexer | null = null;
  #undiscarded = 0;

  /** @param known of the capture, asked when its first byte has come */
  constructor(known: () => KnownOfCapture) {
    this.#known = known;
  }

  get #reading(): Indexer {
    return (this.#indexer ??= new Indexer(indexOptions(this.#known())));
  }

  push(bytes: Uint8Array, timeUs: number, continued = false): void {
    this.#reading.push(bytes, timeUs, continued);
    this.#undiscarded += bytes.byteLength;
    if (this.#undiscarded < DISCARD_EVERY) return;
    this.#undiscarded = 0;
    this.#reading.takeBatch();
  }

  end(end: Pick<CaptureEnd, 'kind'> | null): void {
    this.#reading.end(end);
    this.#reading.takeBatch();
  }

  get summary(): StreamSummary {
    const indexer = this.#indexer ?? new Indexer();
    return {
      events: indexer.eventCount,
      problems: indexer.problemTally,
      profile: indexer.profile,
      model: indexer.model,
      stream: indexer.streamStatus,
      lastTimeUs: this.#known().timed ? indexer.lastTimeUs : 0,
    };
  }
}
