/**
 * Aligns two lists of numbers: `diffArrays` of the package `diff`, or what does the same. Undefined where
 * more than `maxEditLength` are to be inserted and removed.
 */
export type DiffKeys = (
  a: number[],
  b: number[],
  options: { maxEditLength: number },
) => { count: number; added: boolean; removed: boolean }[] | undefined;

export interface Matches {
  /** Of each element of `a` the one of `b` that it is equal to, ascending; -1 for none. */
  bOf: Int32Array;
  /** Elements of both sides in stretches that were too different to be looked into. */
  unresolved: number;
}

/** A stretch is given to the diff up to so many edits: its time and memory are the square of them. */
export const MOST_EDITS = 1000;
/** All stretches together take so many steps at most. */
const MOST_STEPS = 8_000_000;
/** Stretches within stretches. */
const DEEPEST = 40;

interface Stretch {
  a0: number;
  a1: number;
  b0: number;
  b1: number;
  depth: number;
}

/**
 * Which elements of two lists are the same ones, in an order that both have. Beginnings and ends that are
 * equal are taken off; what is left goes to the diff, and where that has to give up, is divided at elements
 * that both sides have once, alone or several in a row (patience diff). Never quadratic: both ways are bounded.
 */
export function matchKeys(a: Int32Array, b: Int32Array, diff: DiffKeys): Matches {
  const bOf = new Int32Array(a.length).fill(-1);
  let unresolved = 0;
  let steps = MOST_STEPS;
  const open: Stretch[] = [{ a0: 0, a1: a.length, b0: 0, b1: b.length, depth: 0 }];
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    let { a0, a1, b0, b1 } = stretch;
    while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) bOf[a0++] = b0++;
    while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) bOf[--a1] = --b1;
    if (a0 === a1 || b0 === b1) continue;
    const rest = { a0, a1, b0, b1, depth: stretch.depth };
    const most = Math.min(MOST_EDITS, a1 - a0 + b1 - b0);
    if (steps >= most * most) {
      const edits = byDiff(a, b, rest, bOf, diff, most);
      steps -= (edits ?? most) ** 2;
      if (edits !== null) continue;
    }
    const parts = stretch.depth < DEEPEST ? dividedAtUnique(a, b, rest) : [];
    if (parts.length === 0) unresolved += a1 - a0 + b1 - b0;
    for (const part of parts) open.push(part);
  }
  return { bOf, unresolved };
}

/** How many edits there are; null where they are too many. */
function byDiff(
  a: Int32Array,
  b: Int32Array,
  { a0, a1, b0, b1 }: Stretch,
  bOf: Int32Array,
  diff: DiffKeys,
  most: number,
): number | null {
  const changes = diff(Array.from(a.subarray(a0, a1)), Array.from(b.subarray(b0, b1)), {
    maxEditLength: most,
  });
  if (!changes) return null;
  let edits = 0;
  for (const { count, added, removed } of changes) {
    if (added) b0 += count;
    else if (removed) a0 += count;
    else for (let at = 0; at < count; at++) bOf[a0++] = b0++;
    if (added || removed) edits += count;
  }
  return edits;
}

/** So many elements in a row may be what both sides have once: words of a text come again, sentences do not. */
const LONGEST_ROW = 16;

/** What lies between elements, or rows of them, that both sides have once, as many as can be kept in order. */
function dividedAtUnique(
  a: Int32Array,
  b: Int32Array,
  { a0, a1, b0, b1, depth }: Stretch,
): Stretch[] {
  let [rowsA, rowsB] = [a.subarray(a0, a1), b.subarray(b0, b1)];
  let anchors: { at: number; to: number }[] = [];
  for (let length = 1; anchors.length === 0 && length <= LONGEST_ROW; length *= 2) {
    if (length > 1) {
      const numbers = new Map<number, number>();
      const half = length / 2;
      [rowsA, rowsB] = [doubled(rowsA, half, numbers), doubled(rowsB, half, numbers)];
    }
    anchors = uniqueInBoth(rowsA, rowsB);
  }
  if (anchors.length === 0) return [];
  const parts: Stretch[] = [];
  let [fromA, fromB] = [a0, b0];
  for (const { at, to } of anchors) {
    // What a row is the beginning of is found as the equal beginning of the next part.
    const [endA, endB] = [a0 + at + 1, b0 + to + 1];
    parts.push({ a0: fromA, a1: endA, b0: fromB, b1: endB, depth: depth + 1 });
    [fromA, fromB] = [endA, endB];
  }
  parts.push({ a0: fromA, a1, b0: fromB, b1, depth: depth + 1 });
  return parts;
}

/** Numbers for rows of twice the length: equal where both halves are. */
function doubled(rows: Int32Array, half: number, numbers: Map<number, number>): Int32Array {
  const count = Math.max(0, rows.length - half);
  const longer = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    // Below 2^53 as long as there are fewer than two million rows of one kind.
    const name = rows[at]! * 2 ** 32 + rows[at + half]!;
    let number = numbers.get(name);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(name, number);
    }
    longer[at] = number;
  }
  return longer;
}

function uniqueInBoth(a: Int32Array, b: Int32Array): { at: number; to: number }[] {
  const inA = onceIn(a);
  const inB = onceIn(b);
  const pairs: { at: number; to: number }[] = [];
  for (let at = 0; at < a.length; at++) {
    if (inA.get(a[at]!) !== at) continue;
    const to = inB.get(a[at]!) ?? -1;
    if (to >= 0) pairs.push({ at, to });
  }
  return longestAscending(pairs);
}

/** Where each value stands; -1 for those that come again. */
function onceIn(values: Int32Array): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = 0; at < values.length; at++)
    places.set(values[at]!, places.has(values[at]!) ? -1 : at);
  return places;
}

/** The longest list of pairs whose `to` ascends: patience sorting. */
function longestAscending<Pair extends { to: number }>(pairs: readonly Pair[]): Pair[] {
  /** The pair that ends the best list of each length, and the one before each pair in its list. */
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(({ to }, at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (pairs[ends[middle]!]!.to < to) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[at] = ends[low - 1]!;
    ends[low] = at;
  });
  const list: Pair[] = [];
  for (let at = ends[ends.length - 1] ?? -1; at >= 0; at = before[at]!) list.push(pairs[at]!);
  return list.reverse();
}
