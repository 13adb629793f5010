/** A value of a column and the row it stands in: the first one, where several have it. */
export interface Ranked {
  value: number;
  row: number;
}

export interface Spread {
  count: number;
  p50: Ranked;
  p95: Ranked;
  p99: Ranked;
  max: Ranked;
}

type Numbers = Uint32Array | Float64Array;

/** Rounds after which the selection sorts what is left: no input may make it quadratic. */
const MAX_ROUNDS = 64;

/**
 * How the values of a column spread, null for no values. Percentiles are nearest-rank: of n values in
 * ascending order, percentile p is the one in place ceil(p / 100 * n), counted from 1; so each is a
 * value that occurred and has a row. (Definition 1 of Hyndman and Fan, "Sample Quantiles in
 * Statistical Packages", The American Statistician 50, 1996.)
 *
 * Linear: values are selected rather than sorted.
 */
export function spreadOf(values: Numbers): Spread | null {
  return runToEnd(spreadSteps(values));
}

/** The same in steps of a few milliseconds for a million values. */
export function* spreadSteps(values: Numbers): Generator<undefined, Spread | null> {
  const count = values.length;
  if (count === 0) return null;
  const ordered = values.slice();
  let from = 0;
  const percentile = (percent: number): Ranked => {
    const place = Math.ceil((percent * count) / 100) - 1;
    const value = select(ordered, place, from);
    // What stands before a selected place is no larger: the next percentile lies behind it.
    from = place;
    return { value, row: values.indexOf(value) };
  };
  const p50 = percentile(50);
  yield;
  const p95 = percentile(95);
  yield;
  const p99 = percentile(99);
  const max = percentile(100);
  yield;
  return { count, p50, p95, p99, max };
}

/** Takes all steps at once. */
export function runToEnd<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The rows of the largest values, at most `limit`, the largest first; of equal values the earlier
 * row comes first.
 */
export function largestRows(values: Numbers, limit: number): number[] {
  const count = values.length;
  if (count === 0 || limit <= 0) return [];
  const least = limit >= count ? -Infinity : select(values.slice(), count - limit, 0);
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (values[row]! > least) rows.push(row);
  for (let row = 0; row < count && rows.length < limit; row++) {
    if (values[row] === least) rows.push(row);
  }
  return rows.sort((a, b) => values[b]! - values[a]! || a - b);
}

/**
 * The value that stands in `place` (from 0) once `values` from `from` on are sorted. Moves values so
 * that those before it are no larger and those behind it no smaller.
 */
function select(values: Numbers, place: number, from: number): number {
  let low = from;
  let high = values.length - 1;
  for (let round = 0; low < high; round++) {
    if (round === MAX_ROUNDS) {
      values.subarray(low, high + 1).sort();
      break;
    }
    const pivot = middleOf(values[low]!, values[(low + high) >>> 1]!, values[high]!);
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (values[right]! > pivot) right--;
      if (left > right) break;
      const swapped = values[left]!;
      values[left++] = values[right]!;
      values[right--] = swapped;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  return values[place]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
