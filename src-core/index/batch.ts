import type { StreamStatus } from '../capture.ts';
import type { DialectId, Framing } from '../dialects/dialect.ts';
import type { Problem, ProblemTally } from '../problem.ts';

/** Bits of the `flags` column. */
export const EventFlag = {
  /** The data is not JSON. */
  notJson: 1,
  /** Changes the response in another way than by appending to a bound lane: see `Snapshots`. */
  structural: 2,
  /** The first delta of a lane: from here on the text in the response is the lane's. */
  binds: 4,
  /** Several `data` lines: the data's bytes hold field names too. */
  multiline: 8,
  /** A type that the protocol does not list. */
  unknown: 16,
  /** Some problem sits on this event. */
  problem: 32,
  /** Comments arrived between the event before and this one. */
  comments: 64,
  /** Carries log probabilities that extend those of its part. */
  logprobs: 128,
  /** Arrived in the same chunk as the event before. */
  sameChunk: 256,
  /** Ends the response: completed, incomplete or failed. */
  terminal: 512,
} as const;

/** One row of numbers an event. All arrays have the same length. */
export interface EventColumns {
  /** Byte ranges in the body: the frame and its data. */
  start: Uint32Array;
  end: Uint32Array;
  dataStart: Uint32Array;
  dataEnd: Uint32Array;
  /** Arrival in microseconds since the request. */
  timeUs: Float64Array;
  /** Which chunk completed the event. */
  chunk: Uint32Array;
  /** Index into the type names. */
  type: Uint16Array;
  /** The output index of the item it is about, -1 for none. */
  item: Int32Array;
  /** The lane it writes to, -1 for none. */
  lane: Int32Array;
  /** The length of that lane's text after the event, in UTF-16 units; 0 without a lane. */
  laneEnd: Uint32Array;
  /** The server's `sequence_number`, NaN where it is missing or no number. */
  sequence: Float64Array;
  flags: Uint16Array;
}

export const LANE_KINDS = [
  'output_text',
  'refusal',
  'reasoning_text',
  'reasoning_summary',
  'function_arguments',
  'mcp_arguments',
  'custom_input',
  'code',
  'shell_command',
  'shell_stdout',
  'shell_stderr',
  'patch',
  'transcript',
] as const;
export type LaneKind = (typeof LANE_KINDS)[number];

/**
 * A growing text within a response. A text that is replaced by another one (not just continued)
 * goes on in a new lane with the same address and a higher generation.
 */
export interface Lane {
  kind: LaneKind;
  outputIndex: number;
  /** content, summary or command index; -1 for what an item has once. */
  subIndex: number;
  /** How many responses began before this one in the capture. */
  response: number;
  generation: number;
  /** The event that began it. */
  firstSeq: number;
  /** The text it starts with: what stood there before the first delta. */
  initial: string;
}

/** Chunks, as columns: each goes on to where the next one begins. None where times were made up. */
export interface ChunkColumns {
  /** Offset of the first byte in the body. */
  start: Uint32Array;
  /** Arrival in microseconds since the request. */
  timeUs: Float64Array;
}

/** Comment lines, as columns: `before` is the event that follows. */
export interface CommentColumns {
  start: Uint32Array;
  end: Uint32Array;
  timeUs: Float64Array;
  before: Uint32Array;
}

/**
 * What an indexer found since its last batch. Plain data and typed arrays, so that it crosses a
 * process boundary as it is.
 */
export interface IndexBatch {
  firstSeq: number;
  count: number;
  columns: EventColumns;
  comments: CommentColumns;
  chunks: ChunkColumns;
  /** New type names, in the order of their numbers. */
  types: string[];
  lanes: Lane[];
  /** Text appended to lanes, in the order of the events; one entry for a run of one lane. */
  texts: { lane: number; text: string }[];
  /**
   * Growth beyond the columns' one lane an event: triples of lane, event, length after it (a final
   * item that completes several lanes at once; standard output and error in one event).
   */
  growth: number[];
  /** The events with which a response began after another one, ascending. */
  responses: number[];
  problems: Problem[];
  /** All problems so far, those included that are too many to be listed. */
  problemCount: number;
  /** The same by rule and severity. */
  problemTally: ProblemTally[];
  /** What the events up to here say of the stream: streaming, completed, incomplete or failed. */
  streamStatus: StreamStatus;
  /** What the events speak: `plain` until one of them says it. */
  dialect: DialectId;
  /** How the bytes are divided into frames: `sse` until the first bytes say it. */
  framing: Framing;
  /** The id of the profile of the server that it seems to come from, null where nothing says it. */
  profile: string | null;
}
