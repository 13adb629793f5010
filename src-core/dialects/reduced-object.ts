import { isObject, type JsonObject, type JsonValue, parseJson } from '../json.ts';
import { Draft, fillHoles, type Path, type Place } from '../snapshot/draft.ts';
import { isSame } from '../watch/same-value.ts';
import type { LanePlace } from './dialect.ts';
import { PathTree } from './path-tree.ts';

/** A text of the object that deltas write: it stands in a lane, and '' in its place. */
export interface BoundText {
  readonly place: LanePlace;
  readonly path: Path;
}

export interface BoundTexts<Bound extends BoundText> {
  /** The text of a bound place as it is at this moment. */
  textOf(bound: Bound): string;
  /** The place was replaced or removed, and the text with it. */
  gone(bound: Bound): void;
  /** Something else than the end of a bound text has changed. */
  changed(path: Path): void;
}

/** Indexes beyond this are taken for damage: a list of that many holes would exhaust memory. */
const MAX_INDEX = 10_000;
const IMPLIED = { root: {}, lists: new Set<string>() };

/**
 * The object that a stream amounts to, less the texts of its lanes, and which places of it are bound to
 * them. What a place holds and what its lane holds are always the same text: a place that gets a text
 * from elsewhere is bound no more. The indexer and the fold keep one each and so agree on it.
 */
export class ReducedObject<Bound extends BoundText> {
  readonly #texts: BoundTexts<Bound>;
  readonly #draft: Draft;
  readonly #byPath = new PathTree<Bound>();
  readonly #byLane = new Map<string, Bound>();

  constructor(root: JsonObject | null, texts: BoundTexts<Bound>) {
    this.#draft = new Draft(root, IMPLIED);
    this.#texts = texts;
  }

  get root(): JsonObject | null {
    return this.#draft.root;
  }

  get bound(): Iterable<Bound> {
    return this.#byLane.values();
  }

  get boundCount(): number {
    return this.#byLane.size;
  }

  /** What stands in it now is never changed again. Returns it. */
  seal(): JsonObject | null {
    return this.#draft.seal();
  }

  begin(root: JsonObject): void {
    this.#byPath.take([]);
    this.#byLane.clear();
    this.#draft.replace(root);
    this.#texts.changed([]);
  }

  set(path: Path, value: JsonValue): void {
    if (!isUsable(path)) return;
    if (!this.#byPath.has(path) && isSame(valueAt(this.root, path), value)) return;
    this.#forget(path);
    this.#put(path, value);
  }

  remove(path: Path): void {
    if (!isUsable(path)) return;
    const holder = valueAt(this.root, path.slice(0, -1));
    const key = String(path[path.length - 1]!);
    if (!isObject(holder) || !Object.hasOwn(holder, key)) return;
    this.#forget(path);
    delete this.#draft.at(path.slice(0, -1))[key];
    this.#texts.changed(path);
  }

  push(path: Path, value: JsonValue): void {
    if (!isUsable(path)) return;
    this.#replaceMisfits([...path, 0]);
    this.#draft.list(path).push(value);
    this.#texts.changed(path);
  }

  /** See `ReduceState.parse`. */
  parse(from: Path, to: Path): void {
    if (!isUsable(from) || !isUsable(to)) return;
    const bound = this.#byPath.get(from);
    const text = bound ? this.#texts.textOf(bound) : valueAt(this.root, from);
    if (typeof text !== 'string') return;
    const value = text.trim() === '' ? {} : parseJson(text);
    if (value === undefined) return;
    this.set(to, value);
    this.remove(from);
  }

  /** The text of a lane that stands at `path` as its own; undefined where another text does. */
  boundAt(place: LanePlace, path: Path): Bound | undefined {
    const bound = this.#byLane.get(laneKey(place));
    return bound && isSamePath(bound.path, path) ? bound : undefined;
  }

  /**
   * From here on the text at `bound.path` is that of the lane. Returns what stands there: the text that
   * the lane has to begin with.
   */
  bind(bound: Bound): string {
    const { path } = bound;
    this.release(bound.place);
    const other = this.#byPath.get(path);
    if (other) this.release(other.place);
    const before = valueAt(this.root, path);
    this.#forget(path);
    this.#put(path, '');
    this.#byPath.set(path, bound);
    this.#byLane.set(laneKey(bound.place), bound);
    return typeof before === 'string' ? before : '';
  }

  /** A place that was bound before this object was taken up. */
  restore(bound: Bound): void {
    this.#byPath.set(bound.path, bound);
    this.#byLane.set(laneKey(bound.place), bound);
  }

  /** Writes a lane's text into its place, which is bound no more. */
  release(place: LanePlace): void {
    const bound = this.#byLane.get(laneKey(place));
    if (!bound) return;
    const text = this.#texts.textOf(bound);
    this.#byLane.delete(laneKey(place));
    this.#byPath.take(bound.path);
    this.#put(bound.path, text);
  }

  #put(path: Path, value: JsonValue): void {
    this.#replaceMisfits(path);
    const holder = this.#draft.at(path.slice(0, -1), typeof path[path.length - 1] === 'number');
    const key = path[path.length - 1]!;
    if (Array.isArray(holder)) fillHoles(holder, Number(key));
    holder[key] = value;
    this.#texts.changed(path);
  }

  /** Where the way to a path leads through a container of the other kind, that one is replaced. */
  #replaceMisfits(path: Path): void {
    let value: JsonValue | undefined = this.root ?? undefined;
    for (let depth = 0; depth < path.length && value !== undefined; depth++) {
      const fits = typeof path[depth] === 'number' ? Array.isArray(value) : isObject(value);
      if (!fits) return this.#forget(path.slice(0, depth));
      value = (value as Place)[path[depth]!];
    }
  }

  #forget(path: Path): void {
    for (const bound of this.#byPath.take(path)) {
      this.#byLane.delete(laneKey(bound.place));
      this.#texts.gone(bound);
    }
  }
}

/** Whether a path can be written to; others are left alone by all who reduce. */
export function isUsable(path: Path): boolean {
  if (typeof path[0] !== 'string') return false;
  return path.every((key) =>
    typeof key === 'number'
      ? Number.isInteger(key) && key >= 0 && key < MAX_INDEX
      : key !== '__proto__',
  );
}

export function valueAt(root: JsonObject | null, path: Path): JsonValue | undefined {
  let value: JsonValue | undefined = root ?? undefined;
  for (const key of path) {
    if (typeof key === 'number' ? !Array.isArray(value) : !isObject(value)) return undefined;
    if (!Object.hasOwn(value as object, key)) return undefined;
    value = (value as Place)[key];
  }
  return value;
}

export function laneKey({ kind, outputIndex, subIndex }: LanePlace): string {
  return `${kind} ${outputIndex} ${subIndex}`;
}

function isSamePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((key, depth) => other[depth] === key);
}
