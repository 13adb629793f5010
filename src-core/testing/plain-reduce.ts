import type { Dialect, LanePlace, ReduceState } from '../dialects/dialect.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';

type Holder = JsonObject | JsonValue[];
type Path = readonly (string | number)[];

/**
 * What a stream amounts to, with every text whole and nothing shared: the interface's words, done the
 * simplest way. It is what the snapshots of the dialects are held against.
 */
export class PlainReduce implements ReduceState {
  root: JsonObject | null = null;
  /** The newest text of each lane, by `kind outputIndex subIndex`. */
  readonly lanes = new Map<string, string>();
  /** What was said of the end, in order. */
  readonly ends: { status: string; reason: string }[] = [];

  /** The object after each event, as JSON texts. */
  static snapshots(
    dialect: Dialect,
    events: readonly { value: unknown; type: string }[],
  ): string[] {
    const state = new PlainReduce();
    return events.map(({ value, type }) => {
      if (isObject(value)) dialect.reduce(value, state, type);
      return JSON.stringify(state.root);
    });
  }

  begin(root: JsonObject): void {
    this.root = structuredClone(root);
    this.lanes.clear();
  }

  set(path: Path, value: JsonValue): void {
    if (isWritable(path)) this.#write(path, structuredClone(value));
  }

  remove(path: Path): void {
    if (!isWritable(path)) return;
    const holder = this.#read(path.slice(0, -1));
    const key = path.at(-1)!;
    if (isObject(holder)) delete holder[key];
  }

  push(path: Path, value: JsonValue): void {
    if (!isWritable(path)) return;
    const list = this.#read(path);
    if (Array.isArray(list)) list.push(structuredClone(value));
    else this.#write(path, [structuredClone(value)]);
  }

  parse(from: Path, to: Path): void {
    const text = isWritable(from) && isWritable(to) ? this.#read(from) : undefined;
    if (typeof text !== 'string') return;
    try {
      this.set(to, /\S/.test(text) ? (JSON.parse(text) as JsonValue) : {});
      this.remove(from);
    } catch {
      // No JSON: it stays.
    }
  }

  append(lane: LanePlace, path: Path | null, fragment: string): void {
    const name = nameOf(lane);
    if (path === null || !isWritable(path)) {
      this.lanes.set(name, (this.lanes.get(name) ?? '') + fragment);
      return;
    }
    const before = this.#read(path);
    const text = (typeof before === 'string' ? before : '') + fragment;
    this.#write(path, text);
    this.lanes.set(name, text);
  }

  text(lane: LanePlace, path: Path | null, text: string): void {
    if (path !== null && isWritable(path)) this.#write(path, text);
    this.lanes.set(nameOf(lane), text);
  }

  end(status: string, reason = ''): void {
    this.ends.push({ status, reason });
  }

  #read(path: Path): JsonValue | undefined {
    let value: JsonValue | undefined = this.root ?? undefined;
    for (const key of path) {
      if (typeof key === 'number') value = Array.isArray(value) ? value[key] : undefined;
      else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
    return value;
  }

  #write(path: Path, value: JsonValue): void {
    let holder: Holder = (this.root ??= {});
    path.forEach((key, depth) => {
      if (Array.isArray(holder)) while (holder.length < Number(key)) holder.push(null);
      const place = holder as Record<string | number, JsonValue>;
      if (depth === path.length - 1) {
        place[key] = value;
        return;
      }
      const isList = typeof path[depth + 1] === 'number';
      const child = Object.hasOwn(place, key) ? place[key] : undefined;
      if (isList ? !Array.isArray(child) : !isObject(child)) place[key] = isList ? [] : {};
      holder = place[key] as Holder;
    });
  }
}

/** Beyond this an index is damage; `__proto__` is no key that could be written. */
function isWritable(path: Path): boolean {
  return (
    typeof path[0] === 'string' &&
    path.every((key) =>
      typeof key === 'number' ? key >= 0 && key < 10_000 : key !== '__proto__',
    ) &&
    path.every((key) => typeof key === 'string' || Number.isInteger(key))
  );
}

export function nameOf({ kind, outputIndex, subIndex }: LanePlace): string {
  return `${kind} ${outputIndex} ${subIndex}`;
}
