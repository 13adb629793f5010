import type { Dialect, LanePlace, ReduceState } from '../dialects/dialect.ts';
import { type BoundText, isUsable, ReducedObject } from '../dialects/reduced-object.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Path } from './draft.ts';
import type { Binding, Checkpoint } from './fold.ts';

interface Bound extends BoundText {
  /** The lane, -1 while the event that bound the place is being read. */
  lane: number;
  /** What the event that is being read has written so far: all of the text where it bound the place. */
  written: string;
}

/** What the fold must know of the index. */
export interface ReducedFoldContext {
  placeOf(lane: number): LanePlace;
  /** The lane of a place that event `seq` wrote, the newest where there are several. */
  laneOf(place: LanePlace, seq: number): number;
  /** The text of a lane before event `seq`. */
  laneText(lane: number, beforeSeq: number): string;
}

/**
 * Folds structural events into the object that a stream amounts to, by the reducer of its dialect. The
 * texts of lanes are left to `Snapshots`, which fills them in at the event asked for.
 */
export class ReducedFold implements ReduceState {
  readonly #dialect: Dialect;
  readonly #context: ReducedFoldContext;
  readonly #object: ReducedObject<Bound>;
  #seq = 0;
  #touched: Bound[] = [];
  #size = 0;

  constructor(from: Checkpoint, dialect: Dialect, context: ReducedFoldContext) {
    this.#dialect = dialect;
    this.#context = context;
    this.#object = new ReducedObject<Bound>(from.response, {
      textOf: (bound) => this.#textOf(bound),
      gone: () => {},
      changed: () => this.#size++,
    });
    this.#size = from.size ?? 0;
    for (const { lane, path } of from.bindings.values())
      this.#object.restore({ place: context.placeOf(lane), path, lane, written: '' });
  }

  /** How much a checkpoint copies, in about as many list elements. */
  get itemCount(): number {
    return this.#size + this.#object.boundCount;
  }

  apply(event: JsonObject, seq: number, type: string): void {
    this.#seq = seq;
    this.#dialect.reduce(event, this, type);
    for (const bound of this.#touched) {
      bound.written = '';
      if (bound.lane < 0) bound.lane = this.#context.laneOf(bound.place, seq);
    }
    this.#touched = [];
  }

  /** The state so far; the fold may go on. */
  checkpoint(): Checkpoint {
    return { ...this.finish() };
  }

  /** The state at the end; the fold is of no more use. */
  finish(): Checkpoint {
    const bindings = new Map<string, Binding>();
    for (const { lane, path } of this.#object.bound)
      bindings.set(JSON.stringify(path), { lane, path, before: '', from: 0, sinceSeq: 0 });
    return { response: this.#object.seal(), bindings, doneFrom: 0, doneTo: 0, size: this.#size };
  }

  get root(): JsonObject | null {
    return this.#object.root;
  }

  begin(root: JsonObject): void {
    this.#size = 0;
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
    if (path === null || !isUsable(path)) return this.#object.release(place);
    let bound = this.#object.boundAt(place, path);
    if (!bound) {
      bound = { place, path, lane: -1, written: '' };
      bound.written = this.#object.bind(bound);
    }
    this.#touched.push(bound);
    bound.written += fragment;
  }

  text(place: LanePlace, path: Path | null, value: string): void {
    const isPlaced = path !== null && isUsable(path);
    const bound = isPlaced ? this.#object.boundAt(place, path) : undefined;
    if (bound && this.#textOf(bound) === value) return;
    this.#object.release(place);
    if (isPlaced) this.#object.set(path, value);
  }

  end(): void {}

  #textOf(bound: Bound): string {
    const before = bound.lane < 0 ? '' : this.#context.laneText(bound.lane, this.#seq);
    return before + bound.written;
  }
}
