import { EventFlag } from '../index/batch.ts';
import type { EventIndex } from '../index/event-index.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { dialectOf } from '../dialects/dialects.ts';
import type { Dialect, LanePlace } from '../dialects/dialect.ts';
import { ruleOf } from '../responses/event-types.ts';
import type { Path, Place } from './draft.ts';
import { type Binding, type Checkpoint, EMPTY, Fold, type FoldContext } from './fold.ts';
import { LaneLogprobs } from './lane-logprobs.ts';
import { ReducedFold, type ReducedFoldContext } from './reduced-fold.ts';

/**
 * A checkpoint is left after so many bytes of structural events, and so many more for each item in
 * the output: a checkpoint holds a copy of that list, so all of them together stay in proportion to
 * the stream. Parsing what lies between two of them is most of the time of a seek.
 */
const CHECKPOINT_BYTES = 16 * 1024;
const BYTES_PER_ITEM = 2;

/**
 * The response at any event. Nothing is replayed from the start: texts are prefixes of their lanes,
 * found by binary search; the structure around them comes from the checkpoint before the event and
 * the few structural events after it. Checkpoints are made the first time the events are passed.
 */
export class Snapshots {
  readonly #index: EventIndex;
  readonly #decode: (seq: number) => JsonValue | undefined;
  readonly #logprobs: LaneLogprobs;
  readonly #dialect: Dialect | null;
  /** `at` = how many structural events are folded in. Ascending; the first is the empty one. */
  readonly #checkpoints: { at: number; state: Checkpoint }[] = [{ at: 0, state: EMPTY }];
  /** How many structural events were ever passed, and the bytes of those since a checkpoint. */
  #passed = 0;
  #bytesSince = 0;
  #last: { at: number; state: Checkpoint } | null = null;
  #written: { seq: number; lanes: ReadonlyMap<string, number> } | null = null;
  #byLane: { state: Checkpoint; bindings: ReadonlyMap<number, Binding> } | null = null;

  /**
   * @param decode the parsed data of an event, undefined where it is not JSON. It may be called again
   *   for the same event; what it gives is not changed.
   * @param dialect the reducer to use instead of the one of the index's dialect
   */
  constructor(
    index: EventIndex,
    decode: (seq: number) => JsonValue | undefined,
    dialect: Dialect | null = null,
  ) {
    this.#index = index;
    this.#decode = decode;
    this.#dialect = dialect;
    this.#logprobs = new LaneLogprobs(index, decode);
  }

  /**
   * The response after event `seq`, null where no event has told of one. It shares structure with
   * other snapshots: treat it as read-only. Equal to folding all events from the first, for any
   * stream, well-formed or not (protocol: reduction, 1 to 8).
   */
  at(seq: number): JsonObject | null {
    return this.#fillIn(this.#stateAt(seq), seq);
  }

  /**
   * The places that event `seq` wrote on in, as paths from the response: texts that it made longer, and
   * lists of log probabilities that it extended. Null where it may have changed anything: only then do
   * snapshots have to be compared to know what it did.
   */
  placesExtendedAt(seq: number): readonly Path[] | null {
    const index = this.#index;
    if (index.has(seq, EventFlag.structural)) return null;
    const places: Path[] = [];
    const written = index.lanesWrittenBy(seq, true);
    if (written.length === 0) return places;
    const bindings = this.#bindingsOf(this.#stateAt(seq));
    const column = index.columns.lane[seq]!;
    for (const lane of written) {
      const binding = bindings.get(lane);
      if (!binding) continue;
      if (index.laneLengthAt(lane, seq) > Math.max(0, index.laneLengthAt(lane, seq - 1)))
        places.push(binding.path);
      if (lane === column && index.has(seq, EventFlag.logprobs))
        places.push([...binding.path.slice(0, -1), 'logprobs']);
    }
    return places;
  }

  #bindingsOf(state: Checkpoint): ReadonlyMap<number, Binding> {
    if (this.#byLane?.state !== state) {
      const bindings = new Map([...state.bindings.values()].map((one) => [one.lane, one]));
      this.#byLane = { state, bindings };
    }
    return this.#byLane.bindings;
  }

  /** What structural events made of the response up to event `seq`. */
  #stateAt(seq: number): Checkpoint {
    const wanted = this.#index.structural.countUpTo(seq);
    if (this.#last?.at !== wanted) this.#last = { at: wanted, state: this.#structure(wanted) };
    return this.#last.state;
  }

  #structure(wanted: number): Checkpoint {
    const checkpoints = this.#checkpoints;
    let low = 0;
    let high = checkpoints.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (checkpoints[middle]!.at <= wanted) low = middle;
      else high = middle - 1;
    }
    let from = checkpoints[low]!;
    if (this.#last && this.#last.at <= wanted && this.#last.at > from.at) from = this.#last;
    if (from.at === wanted) return from.state;
    const fold = this.#foldFrom(from.state);
    for (let at = from.at; at < wanted; at++) this.#pass(fold, at);
    return fold.finish();
  }

  #foldFrom(state: Checkpoint): Fold | ReducedFold {
    const dialect = this.#dialect ?? dialectOf(this.#index.dialect);
    return dialect.id === 'responses'
      ? new Fold(state, this.#context)
      : new ReducedFold(state, dialect, this.#reducedContext);
  }

  /** Folds the structural event number `at`, and leaves a checkpoint behind where one is due. */
  #pass(fold: Fold | ReducedFold, at: number): void {
    const seq = this.#index.structural.at(at);
    const event = this.#decode(seq);
    const type = this.#index.typeOf(seq);
    if (isObject(event)) {
      if (fold instanceof ReducedFold) fold.apply(event, seq, type);
      else {
        const rule = ruleOf(type);
        if (rule) fold.apply(rule, event, seq);
      }
    }
    // Events passed before are counted and have their checkpoints.
    if (at < this.#passed) return;
    this.#passed = at + 1;
    const { start, end } = this.#index.columns;
    this.#bytesSince += end[seq]! - start[seq]!;
    if (this.#bytesSince < CHECKPOINT_BYTES + BYTES_PER_ITEM * fold.itemCount) return;
    this.#checkpoints.push({ at: at + 1, state: fold.checkpoint() });
    this.#bytesSince = 0;
  }

  #fillIn(state: Checkpoint, seq: number): JsonObject | null {
    if (!state.response || state.bindings.size === 0) return state.response;
    const copies = new Set<object>();
    const root = copyOnce(copies, state.response);
    for (const binding of state.bindings.values()) {
      const [holder, key] = holderOf(copies, root, binding.path);
      holder[key] = this.#textOf(binding, seq);
      const more = this.#logprobs.of(binding, seq);
      if (more.length > 0)
        holder.logprobs = Array.isArray(holder.logprobs) ? holder.logprobs.concat(more) : more;
    }
    return root;
  }

  #textOf(binding: Binding, seq: number): string {
    const length = this.#index.laneLengthAt(binding.lane, seq);
    return binding.before + this.#index.lanes[binding.lane]!.text.slice(binding.from, length);
  }

  readonly #context: FoldContext = {
    item: (seq) => this.#index.columns.item[seq]!,
    lanes: (seq) =>
      this.#index.lanesWrittenBy(seq, true).map((number) => {
        const { kind, subIndex } = this.#index.lanes[number]!;
        const lengthBefore = Math.max(0, this.#index.laneLengthAt(number, seq - 1));
        return { number, kind, subIndex, lengthBefore };
      }),
    text: (binding, beforeSeq) => this.#textOf(binding, beforeSeq - 1),
    logprobs: (binding, beforeSeq) => this.#logprobs.of(binding, beforeSeq - 1),
    done: [],
  };

  /** Of each place that an event wrote its newest lane. One event may write thousands. */
  #newestWritten(seq: number): ReadonlyMap<string, number> {
    if (this.#written?.seq !== seq) {
      const lanes = new Map<string, number>();
      const numbers = this.#index.lanesWrittenBy(seq, true).sort((a, b) => a - b);
      for (const number of numbers) lanes.set(placeName(this.#index.lanes[number]!), number);
      this.#written = { seq, lanes };
    }
    return this.#written.lanes;
  }

  readonly #reducedContext: ReducedFoldContext = {
    placeOf: (lane) => this.#index.lanes[lane]!,
    laneOf: (place, seq) => this.#newestWritten(seq).get(placeName(place)) ?? -1,
    laneText: (lane, beforeSeq) => this.#index.laneTextAt(lane, beforeSeq - 1),
  };
}

function placeName({ kind, outputIndex, subIndex }: LanePlace): string {
  return `${kind} ${outputIndex} ${subIndex}`;
}

/** The container that a path's last key stands in, with all on the way to it copied once. */
function holderOf(copies: Set<object>, root: JsonObject, path: Path): [Place, string | number] {
  let holder = root as Place;
  const last = path.length - 1;
  for (let depth = 0; depth < last; depth++) {
    const child = copyOnce(copies, holder[path[depth]!] as object);
    holder[path[depth]!] = child as JsonValue;
    holder = child as Place;
  }
  return [holder, path[last]!];
}

function copyOnce<T extends object>(copies: Set<object>, value: T): T {
  // A copy stands in the tree already where two bindings share the way to it.
  if (copies.has(value)) return value;
  const copy = (Array.isArray(value) ? value.slice() : { ...value }) as T;
  copies.add(copy);
  return copy;
}
