import type { ChunkColumns, CommentColumns, EventColumns } from './batch.ts';

type Column = Uint16Array | Uint32Array | Int32Array | Float64Array;
type Columns = { [name: string]: Column };
type Table = EventColumns | CommentColumns | ChunkColumns;

export function eventColumns(capacity: number): EventColumns {
  return {
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    dataStart: new Uint32Array(capacity),
    dataEnd: new Uint32Array(capacity),
    timeUs: new Float64Array(capacity),
    chunk: new Uint32Array(capacity),
    type: new Uint16Array(capacity),
    item: new Int32Array(capacity),
    lane: new Int32Array(capacity),
    laneEnd: new Uint32Array(capacity),
    sequence: new Float64Array(capacity),
    flags: new Uint16Array(capacity),
  };
}

export function commentColumns(capacity: number): CommentColumns {
  return {
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    timeUs: new Float64Array(capacity),
    before: new Uint32Array(capacity),
  };
}

export function chunkColumns(capacity: number): ChunkColumns {
  return { start: new Uint32Array(capacity), timeUs: new Float64Array(capacity) };
}

/** Copies the first `count` rows into columns of `capacity` rows. */
export function resized<T extends Table>(columns: T, count: number, capacity: number): T {
  const result: Columns = {};
  for (const [name, column] of Object.entries(columns as unknown as Columns)) {
    if (capacity === count) result[name] = column.slice(0, count);
    else {
      const copy = new (column.constructor as new (length: number) => Column)(capacity);
      copy.set(column.subarray(0, count));
      result[name] = copy;
    }
  }
  return result as unknown as T;
}

/** Copies `count` rows of `from` to row `at` of `to`, which is large enough. */
export function copyRows<T extends Table>(to: T, at: number, from: T, count: number): void {
  const source = from as unknown as Columns;
  for (const [name, column] of Object.entries(to as unknown as Columns)) {
    column.set(source[name]!.subarray(0, count), at);
  }
}

/** Columns that hold at least `needed` rows: themselves, or twice as long with the first `count`. */
export function withRoom<T extends Table>(columns: T, count: number, needed: number): T {
  const [column] = Object.values(columns as unknown as Columns);
  let capacity = column!.length;
  if (needed <= capacity) return columns;
  while (capacity < needed) capacity *= 2;
  return resized(columns, count, capacity);
}

/** How many of the first `count` values, which ascend, are at most `limit`. */
export function countUpTo(values: ArrayLike<number>, count: number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many of `count` rows something holds for that holds for the first so many and for no other.
 * For the first `from` it is known to: the search begins there and widens, so that near finds are
 * cheap.
 */
export function countWhile(count: number, holds: (row: number) => boolean, from = 0): number {
  let low = from;
  let high = from;
  for (let step = 1; high < count && holds(high); step *= 2) {
    low = high + 1;
    high += step;
  }
  high = Math.min(high, count);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Numbers in ascending order, to be searched. */
export class NumberList {
  readonly #values: number[] = [];

  get length(): number {
    return this.#values.length;
  }

  push(value: number): void {
    this.#values.push(value);
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  /** How many values are below `limit`; at least `from` are known to be. */
  countBelow(limit: number, from = 0): number {
    const values = this.#values;
    return countWhile(values.length, (row) => values[row]! < limit, from);
  }

  /** How many values are at most `limit`. */
  countUpTo(limit: number): number {
    return countUpTo(this.#values, this.#values.length, limit);
  }
}
