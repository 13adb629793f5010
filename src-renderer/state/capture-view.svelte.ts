import type { Bookmark, CaptureMeta, StreamStatus } from '../../src-core/capture.ts';
import { ByteLog } from '../../src-core/byte-log.ts';
import { LaneDocuments } from '../../src-core/growing/lane-documents.ts';
import type { DialectId, Framing } from '../../src-core/dialects/dialect.ts';
import { EventFlag } from '../../src-core/index/batch.ts';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { type JsonObject, type JsonValue, parseJson } from '../../src-core/json.ts';
import { Snapshots } from '../../src-core/snapshot/snapshots.ts';
import type { Problem } from '../../src-core/problem.ts';
import { readData } from '../../src-core/sse/frame.ts';
import { dialectOf } from '../../src-core/dialects/dialects.ts';
import type { Summary } from '../../src-core/summary.ts';
import { decodeUtf8 } from '../../src-core/text.ts';
import { isNoStream, streamStatus } from '../../src-ipc/stream-status.ts';
import type { CaptureBatch } from '../../src-ipc/contract.ts';
import { CaptureProblems } from '../problems/capture-problems.svelte.ts';
import { RecentMap } from './recent-map.ts';

/** An event as rows and panes show it, decoded when it is asked for. */
export interface DecodedEvent {
  seq: number;
  type: string;
  data: string;
  value: JsonValue | undefined;
}

/**
 * A capture that is open in the window: its columns, its bytes, and whatever is computed from them.
 * Nothing in it is proxied; only how much there is of it is reactive.
 */
export class CaptureView {
  readonly id: string;
  readonly subscription: number;
  readonly index = new EventIndex();
  readonly bytes = new ByteLog();
  readonly snapshots: Snapshots;
  readonly documents = new LaneDocuments(this.index);
  readonly problems = new CaptureProblems(this.index);
  readonly #listedStatus: StreamStatus;
  #meta: CaptureMeta;
  #count = $state(0);
  #byteCount = $state(0);
  #commentCount = $state(0);
  #judgedCount = $state(0);
  #invalidEvents = $state.raw<ReadonlySet<number>>(new Set());
  #ended = $state(false);
  /** From the first metadata on they are the page's: what main sends later may be older. */
  #bookmarks = $state.raw<readonly Bookmark[]>([]);
  #silenced = $state.raw<readonly string[]>([]);
  #chosenProfile = $state<string | null>(null);
  #lastBatchMs = $state(performance.now());
  #decoded = new RecentMap<number, DecodedEvent>(400);
  #summaries = new RecentMap<number, Summary>(4000);

  constructor(id: string, subscription: number, meta: CaptureMeta, listedStatus: StreamStatus) {
    this.#listedStatus = listedStatus;
    this.id = id;
    this.subscription = subscription;
    this.#meta = $state.raw(meta);
    this.#bookmarks = meta.bookmarks;
    this.#silenced = meta.silenced ?? [];
    this.#chosenProfile = meta.profile ?? null;
    this.snapshots = new Snapshots(this.index, (seq) => this.#parse(seq));
  }

  get meta(): CaptureMeta {
    return this.#meta;
  }
  get bookmarks(): readonly Bookmark[] {
    return this.#bookmarks;
  }
  setBookmarks(bookmarks: readonly Bookmark[]): void {
    this.#bookmarks = bookmarks;
  }
  /** The rules that are silenced in this capture. The page's, as bookmarks are. */
  get silenced(): readonly string[] {
    return this.#silenced;
  }
  setSilenced(rules: readonly string[]): void {
    this.#silenced = rules;
  }
  readonly #bookmarked: ReadonlyMap<number, Bookmark> = $derived(
    new Map(this.#bookmarks.map((one) => [one.seq, one])),
  );
  bookmarkOf(seq: number): Bookmark | undefined {
    return this.#bookmarked.get(seq);
  }
  hasBookmark(seq: number): boolean {
    return this.#bookmarked.has(seq);
  }
  /** The dialect that it is read as: a person's choice, or what its events say. */
  get dialect(): DialectId {
    void this.#count;
    return this.index.dialect;
  }
  /** The profile that a person has it judged by; null for the one that is recognised. The page's too. */
  get chosenProfile(): string | null {
    return this.#chosenProfile;
  }
  setProfile(profile: string | null): void {
    this.#chosenProfile = profile;
  }
  /** The id of the profile that is recognised, null for none. */
  get recognisedProfile(): string | null {
    void this.#count;
    return this.index.profile;
  }
  /** How its bytes are divided into frames. */
  get framing(): Framing {
    void this.#count;
    return this.index.framing;
  }
  /** Events that are there. What is read from the index belongs to some count of them. */
  get count(): number {
    return this.#count;
  }
  get byteCount(): number {
    return this.#byteCount;
  }
  get commentCount(): number {
    return this.#commentCount;
  }
  /** An answer that is no event stream has one fault, which its end tells; its lines have none. */
  get #isNoStream(): boolean {
    const { end } = this.#meta;
    return this.#ended && this.#count === 0 && isNoStream(end, this.index.problemTally);
  }
  /** Whether all of the capture is here: nothing more will come. */
  get ended(): boolean {
    return this.#ended;
  }
  get isTimed(): boolean {
    return this.#meta.timed;
  }

  readonly status: StreamStatus = $derived.by(() => {
    void this.#count;
    const { end } = this.#meta;
    // A finished capture that is still on its way into the page.
    if (end && !this.#ended) return this.#listedStatus;
    return streamStatus(this.index.streamStatus, this.#ended ? end : null, this.#byteCount);
  });

  /** The listed problems of an event that are told of: for filters. */
  problemsOf(seq: number): readonly Problem[] {
    return this.problems.of(seq);
  }

  /** What the check of the outputs found: see `SchemaChecks`. */
  setJudged(count: number, invalid: readonly number[]): void {
    this.#judgedCount = count;
    const [known, next] = [this.#invalidEvents, new Set(invalid)];
    if (next.size !== known.size || invalid.some((seq) => !known.has(seq)))
      this.#invalidEvents = next;
  }
  /** How many events the outputs are held against their schemas up to. */
  get judgedCount(): number {
    return this.#judgedCount;
  }
  /** The first events after which an output can't become valid any more. */
  get invalidEvents(): ReadonlySet<number> {
    return this.#invalidEvents;
  }
  isInvalidFrom(seq: number): boolean {
    return this.#invalidEvents.has(seq);
  }

  /** `performance.now()` when the last batch came; of use while the stream is live. */
  get lastBatchMs(): number {
    return this.#lastBatchMs;
  }

  append(batches: readonly CaptureBatch[]): void {
    this.#lastBatchMs = performance.now();
    const known = this.index.count;
    for (const batch of batches) {
      this.bytes.append(batch.bytes);
      this.index.append(batch.index);
      if (batch.meta) this.#meta = batch.meta;
      if (batch.last) this.#ended = true;
    }
    this.#count = this.index.count;
    this.#byteCount = this.bytes.length;
    this.#commentCount = this.index.commentCount;
    this.problems.take(known, this.#ended, !this.#isNoStream);
  }

  setMeta(meta: CaptureMeta): void {
    this.#meta = meta;
  }

  dataText(seq: number): string {
    const { dataStart, dataEnd, flags } = this.index.columns;
    const start = dataStart[seq]!;
    const end = dataEnd[seq]!;
    if ((flags[seq]! & EventFlag.multiline) === 0) return decodeUtf8(this.bytes.slice(start, end));
    const bytes = this.bytes.slice(start, end);
    // As many lines as there can be; `readData` stops at the end of the range.
    return readData({ dataStart: 0, dataEnd: bytes.length, dataLines: bytes.length + 2 }, bytes);
  }

  frameBytes(seq: number): Uint8Array {
    const { start, end } = this.index.columns;
    return this.bytes.slice(start[seq]!, end[seq]!);
  }

  event(seq: number): DecodedEvent {
    return this.#decoded.get(seq, () => {
      const data = this.dataText(seq);
      return { seq, type: this.index.typeOf(seq), data, value: parseJson(data) };
    });
  }

  summary(seq: number): Summary {
    return this.#summaries.get(seq, () => {
      const data = this.dataText(seq);
      const { summary } = dialectOf(this.index.dialect);
      return summary(this.index.typeOf(seq), data, parseJson(data));
    });
  }

  #parse(seq: number): JsonValue | undefined {
    return parseJson(this.dataText(seq));
  }

  snapshotAt(seq: number): JsonObject | null {
    return this.snapshots.at(seq);
  }

  timeUs(seq: number): number {
    return this.index.columns.timeUs[seq] ?? 0;
  }

  /** Microseconds since the event before; 0 for the first. */
  deltaUs(seq: number): number {
    return seq === 0 ? 0 : this.timeUs(seq) - this.timeUs(seq - 1);
  }
}
