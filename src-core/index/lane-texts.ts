import type { Leaf } from '../responses/leaf.ts';
import { LANE_KINDS, type Lane, type LaneKind } from './batch.ts';

/** Kinds that stand at the same place of an item are one text: the first to write gives the name. */
const PLACES: Record<LaneKind, number> = {
  output_text: 0,
  reasoning_text: 0,
  refusal: 1,
  reasoning_summary: 2,
  function_arguments: 3,
  mcp_arguments: 3,
  custom_input: 4,
  code: 5,
  shell_command: 6,
  shell_stdout: 7,
  shell_stderr: 8,
  patch: 9,
  transcript: 10,
};

/** Where each kind is a text of its own. */
const APART = Object.fromEntries(LANE_KINDS.map((kind, index) => [kind, index])) as typeof PLACES;

/** The places of the texts in an element of an item's list. */
const PLACES_IN = { content: [0, 1], summary: [2], output: [7, 8] };

function keyOf(place: number, outputIndex: number, subIndex: number): number {
  return (outputIndex * 131_072 + subIndex + 1) * 16 + place;
}

/** A text as it stands after the last event. */
export interface LaneText {
  kind: LaneKind;
  readonly outputIndex: number;
  readonly subIndex: number;
  readonly key: number;
  /** The lane that holds the text, -1 before there is any text. */
  lane: number;
  generation: number;
  text: string;
  /** Its length, and of what a `TextRun` still holds of it. */
  length: number;
  /** Whether deltas write it: false again once an event sets it as a whole. */
  bound: boolean;
}

export interface ElementAddress {
  outputIndex: number;
  list: keyof typeof PLACES_IN;
  subIndex: number;
}

const NOTHING = { lane: -1, generation: 0, text: '', length: 0, bound: false };

/** What an event did to a lane beyond the text that a delta appends. */
export interface LaneSink {
  lane(lane: Lane): number;
  grow(lane: number, text: string, length: number): void;
}

/**
 * The texts of a response as the indexer follows them. The rule that makes time travel cheap: a
 * lane's text only ever grows. A text that is set anew to something that does not continue it goes
 * on in a new lane, so at any event every lane holds a prefix of its final text.
 */
export class LaneTexts {
  readonly #sink: LaneSink;
  readonly #places: Record<LaneKind, number>;
  #texts = new Map<number, LaneText>();
  #byItem = new Map<number, LaneText[]>();
  #lastKey = -1;
  #last: LaneText | null = null;
  #response = 0;

  /** @param apart texts of different kinds may have the same indexes and are different texts */
  constructor(sink: LaneSink, { apart = false } = {}) {
    this.#sink = sink;
    this.#places = apart ? APART : PLACES;
  }

  /** Another response begins. */
  reset(response: number): void {
    this.#texts.clear();
    this.#byItem.clear();
    this.#lastKey = -1;
    this.#last = null;
    this.#response = response;
  }

  of(kind: LaneKind, outputIndex: number, subIndex: number): LaneText {
    const key = keyOf(this.#places[kind], outputIndex, subIndex);
    if (key === this.#lastKey) return this.#last!;
    let text = this.#texts.get(key);
    if (!text) {
      text = { kind, outputIndex, subIndex, key, ...NOTHING };
      this.#texts.set(key, text);
      const ofItem = this.#byItem.get(outputIndex);
      if (ofItem) ofItem.push(text);
      else this.#byItem.set(outputIndex, [text]);
    }
    if (text.lane < 0) text.kind = kind;
    this.#lastKey = key;
    this.#last = text;
    return text;
  }

  /** The text as it stands, null where there is none. What a `TextRun` holds of it is not in it. */
  textAt(kind: LaneKind, outputIndex: number, subIndex: number): string | null {
    const text = this.#texts.get(keyOf(this.#places[kind], outputIndex, subIndex));
    return text && text.lane >= 0 ? text.text : null;
  }

  /** Appends a delta. Returns true if it is the first since the text was last set as a whole. */
  append(text: LaneText, delta: string, seq: number): boolean {
    const binds = !text.bound;
    if (text.lane < 0) this.#begin(text, '', seq);
    text.text += delta;
    text.length += delta.length;
    text.bound = true;
    return binds;
  }

  /** The text was set as a whole. */
  set(text: LaneText, value: string, seq: number): void {
    text.bound = false;
    if (value === text.text && text.lane >= 0) return;
    if (text.lane >= 0 && value.length > text.text.length && value.startsWith(text.text)) {
      const rest = value.slice(text.text.length);
      text.text = value;
      text.length = value.length;
      this.#sink.grow(text.lane, rest, value.length);
      return;
    }
    this.#begin(text, value, seq);
  }

  /**
   * An item was set as a whole: its texts are those in `leaves`. Others that it had are gone from
   * the response; what they said stays readable in their lanes.
   */
  setItem(outputIndex: number, leaves: readonly Leaf[], seq: number): void {
    this.#setAll(this.#byItem.get(outputIndex) ?? [], outputIndex, leaves, seq);
  }

  /** The same for one element of a list of an item. */
  setElement(
    { outputIndex, list, subIndex }: ElementAddress,
    leaves: readonly Leaf[],
    seq: number,
  ): void {
    const texts: LaneText[] = [];
    for (const place of PLACES_IN[list]) {
      const text = this.#texts.get(keyOf(place, outputIndex, subIndex));
      if (text) texts.push(text);
    }
    this.#setAll(texts, outputIndex, leaves, seq);
  }

  #setAll(
    texts: readonly LaneText[],
    outputIndex: number,
    leaves: readonly Leaf[],
    seq: number,
  ): void {
    if (texts.length > 0) {
      const kept = new Set(
        leaves.map(({ kind, subIndex }) => keyOf(PLACES[kind], outputIndex, subIndex)),
      );
      for (const text of texts) {
        text.bound = false;
        if (text.text !== '' && !kept.has(text.key)) drop(text);
      }
    }
    for (const { kind, subIndex, text } of leaves) {
      this.set(this.of(kind, outputIndex, subIndex), text, seq);
    }
  }

  /** The response was set as a whole: the texts of items that `stays` denies are gone from it. */
  setResponse(stays: (outputIndex: number) => boolean, seq: number): void {
    for (const outputIndex of this.#byItem.keys()) {
      if (!stays(outputIndex)) this.setItem(outputIndex, [], seq);
    }
    for (const text of this.#texts.values()) text.bound = false;
  }

  #begin(text: LaneText, initial: string, seq: number): void {
    if (text.lane >= 0) text.generation++;
    text.text = initial;
    text.length = initial.length;
    text.lane = this.#sink.lane({
      kind: text.kind,
      outputIndex: text.outputIndex,
      subIndex: text.subIndex,
      response: this.#response,
      generation: text.generation,
      firstSeq: seq,
      initial,
    });
  }
}

/** The text is gone from the response: the next delta starts from nothing, in a lane of its own. */
export function drop(text: LaneText): void {
  text.lane = -1;
  text.text = '';
  text.length = 0;
  text.generation++;
}
