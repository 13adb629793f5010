import type { LaneKind } from '../index/batch.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { EventKind } from '../responses/event-types.ts';
import type { Path } from '../snapshot/draft.ts';
import type { Summary } from '../summary.ts';

/** The wire protocols that are understood. `plain`: any event stream at all, without lanes. */
export const DIALECTS = ['responses', 'chat', 'messages', 'gemini', 'ollama', 'plain'] as const;
export type DialectId = (typeof DIALECTS)[number];

/** How the bytes are divided into frames: event stream, a JSON value a line, or a JSON array. */
export const FRAMINGS = ['sse', 'lines', 'array'] as const;
export type Framing = (typeof FRAMINGS)[number];

/** Everything that is particular to one wire protocol. The adapters are in `dialects/<id>/`. */
export interface Dialect {
  readonly id: DialectId;
  /** For people: "OpenAI Responses". */
  readonly title: string;
  /**
   * How much an event speaks for this dialect: 2 it can be no other, 1 it fits, 0 it says nothing.
   * @param name the frame's own event name, empty where it has none
   */
  recognise(event: JsonObject, name: string): 0 | 1 | 2;
  /**
   * The type an event is listed under: its own where the protocol has one, else what the event brings.
   * @param value undefined where the data is no JSON. @param text the data as text
   */
  typeOf(value: JsonValue | undefined, name: string, text: string): string;
  /** What a list colours an event by. */
  kindOf(type: string): EventKind;
  /** One line for lists. */
  summary(type: string, data: string, value: JsonValue | undefined): Summary;
  /**
   * Applies an event to the object that the stream amounts to. It may keep nothing between calls: all
   * it knows of earlier events is `state.root`, since a fold may begin at any checkpoint.
   */
  reduce(event: JsonObject, state: ReduceState, type: string): void;
  /** The item that an event names in so many words, also where it changes nothing of it; -1 for none. */
  itemIndex?(event: JsonObject): number;
  /** What its streams end with, in words that follow "but" and come before "never came"; '' for nothing. */
  readonly endsWith: string;
  /** The tokens that the final object reports, null where it reports none. */
  usage(root: JsonObject | null): Usage | null;
  /** The object a lane stands in: an item, a choice's message, a content block; null for none. */
  itemOf(root: JsonObject, lane: LanePlace): JsonObject | null;
}

/** Where a lane is: its address and what it holds. */
export interface LanePlace {
  kind: LaneKind;
  /** The item: output index, choice, content block or candidate. */
  outputIndex: number;
  /** The text within it; -1 for what an item has once. */
  subIndex: number;
}

/**
 * What a reducer writes to. It is given a place to write by three readers of a stream: the indexer,
 * which keeps lanes and not the object; the fold, which keeps the object with texts bound to lanes; and
 * in tests a plain one that keeps everything.
 */
export interface ReduceState {
  /**
   * The object so far, null before `begin`. Read-only. The texts that `append` wrote are not in it
   * ('' may stand in their place), so nothing may depend on them.
   */
  readonly root: JsonObject | null;
  /** A response begins with this object: the first one, or another one in the same capture. */
  begin(root: JsonObject): void;
  /** Sets a value; the same value again changes nothing. Missing containers on the way are made. */
  set(path: Path, value: JsonValue): void;
  /** Removes a key of an object. */
  remove(path: Path): void;
  /** Adds to the end of a list, which is made where it is missing. */
  push(path: Path, value: JsonValue): void;
  /**
   * A fragment of a lane's text, which stands at `path` in the object; null where the object has no
   * such text.
   */
  append(lane: LanePlace, path: Path | null, fragment: string): void;
  /** A lane's whole text at once, which may continue or replace what was there. */
  text(lane: LanePlace, path: Path | null, text: string): void;
  /**
   * The text at `from` is over and is JSON: `to` becomes its value ({} where it is empty), and the key
   * `from` is removed. A text that is no JSON stays where it is, and `to` what it was.
   */
  parse(from: Path, to: Path): void;
  /** What the stream says of its own end; `incomplete` and `failed` with a reason for the person. */
  end(status: 'completed' | 'incomplete' | 'failed', reason?: string): void;
}

/** Tokens as the server counts them; null where it does not say. */
export interface Usage {
  input: number | null;
  output: number | null;
  total: number | null;
  /** Parts of `input` and `output`, not additions. */
  cached: number | null;
  reasoning: number | null;
}
