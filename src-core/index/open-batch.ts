import type { Problem, ProblemTally } from '../problem.ts';
import type { Frame } from '../sse/frame.ts';
import { EventFlag, type IndexBatch, type Lane } from './batch.ts';
import { chunkColumns, commentColumns, eventColumns, resized, withRoom } from './columns.ts';

/** Beyond this many of a rule and severity, problems are counted and no longer listed. */
const MAX_OF_RULE = 2_000;
/** So many are listed in all; of rules that come up later, the first ones still are. */
const MAX_LISTED = 10_000;
const MAX_OF_LATE_RULE = 100;

/** What an indexer has found and nobody has taken yet: rows of columns, and what goes with them. */
export class OpenBatch {
  #columns = eventColumns(256);
  #comments = commentColumns(16);
  #chunks = chunkColumns(64);
  #firstSeq = 0;
  #count = 0;
  #commentCount = 0;
  #chunkCount = 0;
  #commentsSeen = false;
  #lanes: Lane[] = [];
  #laneCount = 0;
  #texts: { lane: number; text: string }[] = [];
  #growth: number[] = [];
  #responses: number[] = [];
  #problems: Problem[] = [];
  #problemCount = 0;
  #listedCount = 0;
  readonly #tally = new Map<string, ProblemTally>();

  // The row of the event that is being read.
  flags = 0;
  item = -1;
  lane = -1;
  laneEnd = 0;
  sequence = NaN;

  /** The number of the event that is being read. */
  get seq(): number {
    return this.#firstSeq + this.#count;
  }
  get problemCount(): number {
    return this.#problemCount;
  }
  /** All problems so far, by rule and severity: as many entries as there are rules at most thrice. */
  get problemTally(): ProblemTally[] {
    return Array.from(this.#tally.values(), (entry) => ({ ...entry }));
  }

  take(
    types: string[],
  ): Omit<
    IndexBatch,
    'problemCount' | 'problemTally' | 'streamStatus' | 'dialect' | 'framing' | 'profile'
  > {
    const batch = {
      firstSeq: this.#firstSeq,
      count: this.#count,
      columns: resized(this.#columns, this.#count, this.#count),
      comments: resized(this.#comments, this.#commentCount, this.#commentCount),
      chunks: resized(this.#chunks, this.#chunkCount, this.#chunkCount),
      types,
      lanes: this.#lanes,
      texts: this.#texts,
      growth: this.#growth,
      responses: this.#responses,
      problems: this.#problems,
    };
    this.#firstSeq += this.#count;
    this.#count = 0;
    this.#commentCount = 0;
    this.#chunkCount = 0;
    this.#lanes = [];
    this.#texts = [];
    this.#growth = [];
    this.#responses = [];
    this.#problems = [];
    return batch;
  }

  /** A chunk begins at byte `start`. */
  chunk(start: number, timeUs: number): void {
    const row = this.#chunkCount++;
    this.#chunks = withRoom(this.#chunks, row, row + 1);
    this.#chunks.start[row] = start;
    this.#chunks.timeUs[row] = timeUs;
  }

  comment(frame: Readonly<Frame>, timeUs: number): void {
    const row = this.#commentCount++;
    if (row === this.#comments.start.length) this.#comments = resized(this.#comments, row, row * 2);
    const comments = this.#comments;
    comments.start[row] = frame.start;
    comments.end[row] = frame.end;
    comments.timeUs[row] = timeUs;
    comments.before[row] = this.seq;
    this.#commentsSeen = true;
  }

  problem(problem: Problem): void {
    this.#problemCount++;
    const { rule, severity } = problem;
    const key = `${severity} ${rule}`;
    let entry = this.#tally.get(key);
    if (!entry) this.#tally.set(key, (entry = { rule, severity, count: 0 }));
    entry.count++;
    const isFull = this.#listedCount >= MAX_LISTED;
    if (entry.count <= (isFull ? MAX_OF_LATE_RULE : MAX_OF_RULE)) {
      this.#listedCount++;
      this.#problems.push(problem);
    }
    this.flags |= EventFlag.problem;
  }

  /** The event begins another response. */
  nextResponse(): void {
    this.#responses.push(this.seq);
  }

  /** Begins a lane with the text it starts from. Returns its number. */
  begin(lane: Lane): number {
    this.#lanes.push(lane);
    const number = this.#laneCount++;
    if (lane.initial !== '') this.#growth.push(number, this.seq, lane.initial.length);
    return number;
  }

  /** Appends to a lane's text. */
  text(lane: number, text: string): void {
    if (text === '') return;
    const last = this.#texts[this.#texts.length - 1];
    if (last?.lane === lane) last.text += text;
    else this.#texts.push({ lane, text });
  }

  /** Says that the event wrote a lane up to `length`: in its row, or beside it. */
  wrote(lane: number, length: number): void {
    if (this.lane < 0) {
      this.lane = lane;
      this.laneEnd = length;
    } else this.#growth.push(lane, this.seq, length);
  }

  /** The same for an event that sets several texts and so has no one lane. */
  grew(lane: number, length: number): void {
    this.#growth.push(lane, this.seq, length);
  }

  /** Closes the row of the event that was read. */
  append(frame: Readonly<Frame>, type: number, timeUs: number, chunk: number): void {
    const row = this.#count;
    if (row === this.#columns.start.length) this.#columns = resized(this.#columns, row, row * 2);
    const columns = this.#columns;
    columns.start[row] = frame.start;
    columns.end[row] = frame.end;
    columns.dataStart[row] = frame.dataStart;
    columns.dataEnd[row] = frame.dataEnd;
    columns.timeUs[row] = timeUs;
    columns.chunk[row] = chunk;
    columns.type[row] = type;
    columns.item[row] = this.item;
    columns.lane[row] = this.lane;
    columns.laneEnd[row] = this.laneEnd;
    columns.sequence[row] = this.sequence;
    columns.flags[row] = this.#commentsSeen ? this.flags | EventFlag.comments : this.flags;
    this.#count = row + 1;
    this.#commentsSeen = false;
    this.flags = 0;
    this.item = -1;
    this.lane = -1;
    this.laneEnd = 0;
    this.sequence = NaN;
  }
}
