import type { StreamStatus } from '../capture.ts';
import type { DialectId, Framing } from '../dialects/dialect.ts';
import type { Problem, ProblemTally } from '../problem.ts';
import {
  type ChunkColumns,
  type EventColumns,
  EventFlag,
  type IndexBatch,
  type Lane,
} from './batch.ts';
import { ResponseLaneList } from './response-lane-list.ts';
import {
  chunkColumns,
  commentColumns,
  copyRows,
  countUpTo,
  eventColumns,
  NumberList,
  withRoom,
} from './columns.ts';

/** A lane with its whole text and the events that wrote it. */
export interface IndexedLane extends Lane {
  text: string;
  /** The events that made the text longer, ascending, and its length after each. */
  readonly seqs: NumberList;
  readonly ends: NumberList;
  /** The events that brought log probabilities, ascending. */
  readonly withLogprobs: NumberList;
}

/**
 * The columns of a capture, appended batch by batch. Entries never change once they are there, so a
 * reader needs no copy: its count at the time it looked is enough.
 */
export class EventIndex {
  #columns = eventColumns(1024);
  #comments = commentColumns(16);
  #chunks = chunkColumns(64);
  #count = 0;
  #commentCount = 0;
  #chunkCount = 0;
  readonly types: string[] = [];
  readonly lanes: IndexedLane[] = [];
  readonly problems: Problem[] = [];
  #problemCount = 0;
  #problemTally: readonly ProblemTally[] = [];
  #streamStatus: StreamStatus = 'streaming';
  #dialect: DialectId = 'plain';
  #framing: Framing = 'sse';
  #profile: string | null = null;
  /** Events that change the response's structure, ascending. */
  readonly structural = new NumberList();
  /** Events with which a response began after another one, ascending. */
  readonly #responses = new NumberList();
  /** The lanes of each response, by its number. */
  readonly #lanesOf: ResponseLaneList[] = [];
  /** Growth beyond the columns' one lane an event: events, ascending, and their lanes. */
  readonly #growthSeqs = new NumberList();
  readonly #growthLanes = new NumberList();

  get count(): number {
    return this.#count;
  }
  /** Rows beyond `count` are unused space. The arrays are replaced when they grow: read anew. */
  get columns(): EventColumns {
    return this.#columns;
  }
  /** All problems, those included that are too many to be listed. */
  get problemCount(): number {
    return this.#problemCount;
  }
  /** The same by rule and severity. */
  get problemTally(): readonly ProblemTally[] {
    return this.#problemTally;
  }
  /** What the events say of the stream: streaming, completed, incomplete or failed. */
  get streamStatus(): StreamStatus {
    return this.#streamStatus;
  }
  /** What the events speak: `plain` until one of them says it, and it never changes after that. */
  get dialect(): DialectId {
    return this.#dialect;
  }
  /** How the bytes are divided into frames. */
  get framing(): Framing {
    return this.#framing;
  }
  /** The id of the profile of the server that it seems to come from, null where nothing says it. */
  get profile(): string | null {
    return this.#profile;
  }
  /** All chunks, those included that ended no event. None where times were made up. */
  get chunkCount(): number {
    return this.#chunkCount;
  }
  /** Rows beyond `chunkCount` are unused space, as in `columns`. */
  get chunks(): ChunkColumns {
    return this.#chunks;
  }
  get commentCount(): number {
    return this.#commentCount;
  }

  append(batch: IndexBatch): void {
    if (batch.firstSeq !== this.#count)
      throw new Error(`batch begins at event ${batch.firstSeq}, expected ${this.#count}`);
    const total = this.#count + batch.count;
    this.#columns = withRoom(this.#columns, this.#count, total);
    copyRows(this.#columns, this.#count, batch.columns, batch.count);
    this.#appendComments(batch);
    this.#appendChunks(batch);
    for (const type of batch.types) this.types.push(type);
    for (const lane of batch.lanes) this.#begin(lane);
    for (const { lane, text } of batch.texts) this.lanes[lane]!.text += text;
    this.#appendRows(batch);
    for (const seq of batch.responses) this.#responses.push(seq);
    for (const problem of batch.problems) this.problems.push(problem);
    this.#problemCount = batch.problemCount;
    this.#problemTally = batch.problemTally;
    this.#streamStatus = batch.streamStatus;
    this.#dialect = batch.dialect;
    this.#framing = batch.framing;
    this.#profile = batch.profile;
    this.#count = total;
  }

  #begin(lane: Lane): void {
    (this.#lanesOf[lane.response] ??= new ResponseLaneList()).push(this.lanes.length, lane);
    this.lanes.push({
      ...lane,
      text: lane.initial,
      seqs: new NumberList(),
      ends: new NumberList(),
      withLogprobs: new NumberList(),
    });
  }

  #appendRows(batch: IndexBatch): void {
    const { lane, laneEnd, flags } = batch.columns;
    const { growth, firstSeq, count } = batch;
    let next = 0;
    for (let row = 0; row < count; row++) {
      const seq = firstSeq + row;
      if (lane[row]! >= 0) {
        const written = this.lanes[lane[row]!]!;
        grow(written, seq, laneEnd[row]!);
        if (flags[row]! & EventFlag.logprobs) written.withLogprobs.push(seq);
      }
      for (; next < growth.length && growth[next + 1] === seq; next += 3) {
        this.#growthSeqs.push(seq);
        this.#growthLanes.push(growth[next]!);
        grow(this.lanes[growth[next]!]!, seq, growth[next + 2]!);
      }
      if (flags[row]! & EventFlag.structural) this.structural.push(seq);
    }
  }

  #appendComments(batch: IndexBatch): void {
    const count = batch.comments.start.length;
    const total = this.#commentCount + count;
    this.#comments = withRoom(this.#comments, this.#commentCount, total);
    copyRows(this.#comments, this.#commentCount, batch.comments, count);
    this.#commentCount = total;
  }

  #appendChunks(batch: IndexBatch): void {
    const count = batch.chunks.start.length;
    const total = this.#chunkCount + count;
    this.#chunks = withRoom(this.#chunks, this.#chunkCount, total);
    copyRows(this.#chunks, this.#chunkCount, batch.chunks, count);
    this.#chunkCount = total;
  }

  /** The comments that arrived between event `seq - 1` and event `seq`. */
  commentsBefore(seq: number): { start: number; end: number; timeUs: number }[] {
    const { before, start, end, timeUs } = this.#comments;
    const first = countUpTo(before, this.#commentCount, seq - 1);
    const found = [];
    for (let row = first; row < this.#commentCount && before[row] === seq; row++)
      found.push({ start: start[row]!, end: end[row]!, timeUs: timeUs[row]! });
    return found;
  }

  /** The event with which the response began that an event belongs to; 0 for the first response. */
  responseStart(seq: number): number {
    const before = this.#responses.countUpTo(seq);
    return before === 0 ? 0 : this.#responses.at(before - 1);
  }

  /** The last event of each response that is there, ascending; at most `most` of them. */
  responseEnds(most: number): number[] {
    const ends: number[] = [];
    for (let row = 0; row < this.#responses.length && ends.length < most; row++)
      ends.push(this.#responses.at(row) - 1);
    if (this.#count > 0 && ends.length < most) ends.push(this.#count - 1);
    return ends;
  }

  /** How many responses began in the capture before the one that an event belongs to. */
  responseOf(seq: number): number {
    return this.#responses.countUpTo(seq);
  }

  /** How many responses the capture has so far. */
  get responseCount(): number {
    return this.#count === 0 ? 0 : this.#responses.length + 1;
  }

  /** The last event that is there of a response, by its place in the capture; null for none. */
  responseEnd(at: number): number | null {
    if (at < 0 || at >= this.responseCount) return null;
    return at < this.#responses.length ? this.#responses.at(at) - 1 : this.#count - 1;
  }

  typeOf(seq: number): string {
    return this.types[this.#columns.type[seq]!]!;
  }
  has(seq: number, flag: number): boolean {
    return (this.#columns.flags[seq]! & flag) !== 0;
  }

  /** Whether the event made lanes longer beyond the one in its columns. */
  growsBeside(seq: number): boolean {
    const row = this.#growthSeqs.countUpTo(seq) - 1;
    return row >= 0 && this.#growthSeqs.at(row) === seq;
  }

  /** The lane in an event's columns; with `all` also the others it made longer. */
  lanesWrittenBy(seq: number, all = false): number[] {
    const first = this.#columns.lane[seq]!;
    if (!all) return first < 0 ? [] : [first];
    // An event may write thousands: a whole output of many parts.
    const written = new Set(first < 0 ? [] : [first]);
    const to = this.#growthSeqs.countUpTo(seq);
    for (let row = this.#growthSeqs.countUpTo(seq - 1); row < to; row++)
      written.add(this.#growthLanes.at(row));
    return [...written];
  }

  /** The length of a lane's text after event `seq`, -1 where the lane had not begun. */
  laneLengthAt(number: number, seq: number): number {
    const lane = this.lanes[number]!;
    if (seq < lane.firstSeq) return -1;
    const written = lane.seqs.countUpTo(seq);
    return written === 0 ? 0 : lane.ends.at(written - 1);
  }

  laneTextAt(number: number, seq: number): string {
    const length = this.laneLengthAt(number, seq);
    return length <= 0 ? '' : this.lanes[number]!.text.slice(0, length);
  }

  /**
   * The lanes to show at an event: of each address the newest generation that had begun, in the
   * order of the output. Only those of the response that the event belongs to. The same list as
   * before where none of them began in between.
   */
  lanesAt(seq: number): readonly number[] {
    return this.#lanesOf[this.#responses.countUpTo(seq)]?.at(seq) ?? NONE;
  }
}

const NONE: readonly number[] = [];

/** Events that write nothing new (a final text that only confirms) are no part of a lane's history. */
function grow(lane: IndexedLane, seq: number, length: number): void {
  const { seqs, ends } = lane;
  if (ends.length > 0 && ends.at(ends.length - 1) >= length) return;
  seqs.push(seq);
  ends.push(length);
}

/** `output_index/sub_index`, or the output index alone for what an item has once. */
export function laneAddress(lane: Pick<Lane, 'outputIndex' | 'subIndex'>): string {
  return lane.subIndex < 0 ? String(lane.outputIndex) : `${lane.outputIndex}/${lane.subIndex}`;
}
