import { leafPath, type Leaf } from '../responses/leaf.ts';
import { type Lane, LANE_KINDS, type LaneKind } from './batch.ts';

const kindNumber = Object.fromEntries(LANE_KINDS.map((kind, index) => [kind, index])) as Record<
  LaneKind,
  number
>;

/** A text as it stands after the last event. */
export interface LaneText {
  kind: LaneKind;
  outputIndex: number;
  subIndex: number;
  /** The lane that holds the text, -1 before there is any text. */
  lane: number;
  generation: number;
  text: string;
  /** Whether deltas write it: false again once an event sets it as a whole. */
  bound: boolean;
}

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
  #texts = new Map<number, LaneText>();
  #byItem = new Map<number, LaneText[]>();
  #lastKey = -1;
  #last: LaneText | null = null;
  #response = 0;

  constructor(sink: LaneSink) {
    this.#sink = sink;
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
    const key = (outputIndex * 131_072 + subIndex + 1) * 16 + kindNumber[kind];
    if (key === this.#lastKey) return this.#last!;
    let text = this.#texts.get(key);
    if (!text) {
      text = { kind, outputIndex, subIndex, lane: -1, generation: 0, text: '', bound: false };
      this.#texts.set(key, text);
      const ofItem = this.#byItem.get(outputIndex);
      if (ofItem) ofItem.push(text);
      else this.#byItem.set(outputIndex, [text]);
    }
    this.#lastKey = key;
    this.#last = text;
    return text;
  }

  /** Appends a delta. Returns true if it is the first since the text was last set as a whole. */
  append(text: LaneText, delta: string, seq: number): boolean {
    const binds = !text.bound;
    if (text.lane < 0) this.#begin(text, '', seq);
    text.text += delta;
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
      this.#sink.grow(text.lane, rest, value.length);
      return;
    }
    this.#begin(text, value, seq);
  }

  /**
   * An item, or one part of it, was set as a whole: its texts are those in `leaves`. Others that it
   * had are gone from the response; what they said stays readable in their lanes.
   */
  setAll(
    outputIndex: number,
    leaves: readonly Leaf[],
    seq: number,
    part?: { list: string; subIndex: number },
  ): void {
    for (const text of this.#byItem.get(outputIndex) ?? []) {
      if (part && !isIn(text, part)) continue;
      text.bound = false;
      const stays = leaves.some((leaf) => leaf.kind === text.kind && leaf.subIndex === text.subIndex);
      // The next delta starts from nothing, in a lane of its own.
      if (!stays && text.text !== '') {
        text.lane = -1;
        text.text = '';
        text.generation++;
      }
    }
    for (const { kind, subIndex, text } of leaves) this.set(this.of(kind, outputIndex, subIndex), text, seq);
  }

  /** The response was set as a whole: the texts of items that `stays` denies are gone from it. */
  setResponse(stays: (outputIndex: number) => boolean, seq: number): void {
    for (const outputIndex of this.#byItem.keys()) {
      if (!stays(outputIndex)) this.setAll(outputIndex, [], seq);
    }
    for (const text of this.#texts.values()) text.bound = false;
  }

  #begin(text: LaneText, initial: string, seq: number): void {
    if (text.lane >= 0) text.generation++;
    text.text = initial;
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

function isIn(text: LaneText, part: { list: string; subIndex: number }): boolean {
  const path = leafPath(text.kind, text.subIndex);
  return path[0] === part.list && path[1] === part.subIndex;
}
