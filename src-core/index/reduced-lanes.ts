import type { Dialect, LanePlace, ReduceState } from '../dialects/dialect.ts';
import { type BoundText, isUsable, ReducedObject } from '../dialects/reduced-object.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Path } from '../snapshot/draft.ts';
import { EventFlag, type LaneKind } from './batch.ts';
import { drop, type LaneText, LaneTexts } from './lane-texts.ts';
import type { OpenBatch } from './open-batch.ts';

interface Bound extends BoundText {
  text: LaneText;
}

/** What an event says of the end of its stream. */
export interface Ending {
  status: 'completed' | 'incomplete' | 'failed';
  reason: string;
}

/**
 * What the events of a stream do to its lanes where the dialect has a reducer. It keeps the object
 * without the texts of lanes, so that it knows which events change anything else: the fold of
 * `Snapshots` reduces those and no others.
 */
export class ReducedLanes implements ReduceState {
  readonly #batch: OpenBatch;
  readonly #texts: LaneTexts;
  readonly #object: ReducedObject<Bound>;
  #responses = 0;
  #begun = false;
  #ending: Ending | null = null;

  constructor(batch: OpenBatch) {
    this.#batch = batch;
    this.#texts = new LaneTexts(
      {
        lane: (lane) => batch.begin(lane),
        grow: (lane, text, length) => {
          batch.text(lane, text);
          batch.grew(lane, length);
        },
      },
      { apart: true },
    );
    this.#object = new ReducedObject<Bound>(null, {
      textOf: ({ text }) => text.text,
      gone: ({ text }) => drop(text),
      changed: (path) => this.#changed(path),
    });
  }

  /** Applies an event and completes its row. Returns what it says of the stream's end, if anything. */
  apply(dialect: Dialect, event: JsonObject, type: string): Ending | null {
    this.#ending = null;
    this.#batch.item = dialect.itemIndex?.(event) ?? -1;
    dialect.reduce(event, this, type);
    return this.#ending;
  }

  /** How many responses began after another one. */
  get responses(): number {
    return this.#responses;
  }

  get root(): JsonObject | null {
    return this.#object.root;
  }

  /** The text of a lane as it stands, null where there is none. */
  textAt(kind: LaneKind, outputIndex: number, subIndex: number): string | null {
    return this.#texts.textAt(kind, outputIndex, subIndex);
  }

  begin(root: JsonObject): void {
    // A first response may have begun without this, in a stream joined in its middle.
    if (this.#begun) {
      this.#responses++;
      this.#batch.nextResponse();
    }
    this.#texts.reset(this.#responses);
    this.#object.begin(root);
  }

  set(path: Path, value: JsonValue): void {
    this.#object.set(path, value);
  }

  remove(path: Path): void {
    this.#object.remove(path);
  }

  push(path: Path, value: JsonValue): void {
    this.#object.push(path, value);
  }

  parse(from: Path, to: Path): void {
    this.#object.parse(from, to);
  }

  append(place: LanePlace, path: Path | null, fragment: string): void {
    const batch = this.#batch;
    const text = this.#textOf(place);
    if (path === null || !isUsable(path)) {
      this.#object.release(place);
    } else if (!this.#object.boundAt(place, path)) {
      const before = this.#object.bind({ place, path, text });
      if (text.lane < 0 ? before !== '' : before !== text.text)
        this.#texts.set(text, before, batch.seq);
      batch.flags |= EventFlag.binds;
    }
    this.#texts.append(text, fragment, batch.seq);
    batch.text(text.lane, fragment);
    this.#wrote(text);
  }

  text(place: LanePlace, path: Path | null, value: string): void {
    const text = this.#textOf(place);
    const isPlaced = path !== null && isUsable(path);
    const isUnchanged =
      isPlaced && text.text === value && this.#object.boundAt(place, path) !== undefined;
    if (!isUnchanged) {
      this.#object.release(place);
      if (isPlaced) this.#object.set(path, value);
      this.#texts.set(text, value, this.#batch.seq);
    }
    this.#wrote(text);
  }

  end(status: Ending['status'], reason = ''): void {
    this.#ending = { status, reason };
  }

  #textOf({ kind, outputIndex, subIndex }: LanePlace): LaneText {
    return this.#texts.of(kind, outputIndex, subIndex);
  }

  #wrote(text: LaneText): void {
    const batch = this.#batch;
    this.#begun = true;
    if (batch.lane < 0) batch.item = text.outputIndex;
    batch.wrote(text.lane, text.length);
  }

  /** What an event changes stands in an item where the path begins with a list and an index of it. */
  #changed(path: Path): void {
    const batch = this.#batch;
    batch.flags |= EventFlag.structural;
    this.#begun = true;
    if (batch.item < 0 && typeof path[1] === 'number') batch.item = path[1];
  }
}
