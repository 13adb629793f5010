import { countUpTo } from '../index/columns.ts';
import type { KeyColumns } from './event-keys.ts';

/** How much of two texts is the same at both ends; the ends never overlap. */
export interface SharedText {
  prefix: number;
  suffix: number;
}

/**
 * What two texts have in common at both ends. Where one of them only has a piece more, the piece may often be
 * taken from several places ("a b b c"): one that begins where a delta does is preferred.
 *
 * @param starts where the deltas of the longer text begin, ascending
 */
export function sharedText(a: string, b: string, starts: readonly number[] = []): SharedText {
  const most = Math.min(a.length, b.length);
  if (a === b) return { prefix: most, suffix: 0 };
  let prefix = 0;
  while (prefix < most && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix < most &&
    a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix)
  )
    suffix++;
  if (prefix + suffix <= most) return { prefix, suffix };
  const before = countUpTo(starts, starts.length, prefix);
  const start = starts[before - 1] ?? -1;
  if (start >= most - suffix) prefix = start;
  return { prefix, suffix: most - prefix };
}

/**
 * Places in texts that both sides have: offsets from the start of a lane within the beginning that is the
 * same, and below zero, from its end, within the end that is the same.
 */
export class SharedPlaces {
  readonly #columns: KeyColumns;
  /** By lane, null where the texts are cut the same way or the other side has no such lane. */
  readonly #shared: readonly (SharedLane | null)[];

  constructor(columns: KeyColumns, shared: readonly (SharedLane | null)[]) {
    this.#columns = columns;
    this.#shared = shared;
  }

  /** Where a delta's text begins, and how long it is; null where it is no delta within shared text. */
  of(seq: number): { at: number; length: number } | null {
    const { lane, start, end } = this.#columns;
    const shared = this.#shared[lane[seq]!];
    if (!shared) return null;
    const [from, to] = [start[seq]!, end[seq]!];
    if (to <= shared.prefix) return { at: from, length: to - from };
    const { length } = shared;
    if (from >= length - shared.suffix) return { at: from - length, length: to - from };
    return null;
  }
}

interface SharedLane extends SharedText {
  /** Of the text on this side. */
  length: number;
}

/** So much of the deltas in shared text begin where one of the other side's does: it is cut the same way. */
const CUT_ALIKE = 0.8;

/**
 * The texts that both captures have and that are cut otherwise: their deltas are compared by the place in
 * the text, all others by what they bring, so that a lost one moves nothing.
 */
export function sharedPlaces(a: KeyColumns, b: KeyColumns): [SharedPlaces, SharedPlaces] {
  const other = new Map(b.lanes.map(({ place }, lane) => [place, lane]));
  const [writtenA, writtenB] = [writtenOf(a), writtenOf(b)];
  const ofA: (SharedLane | null)[] = a.lanes.map(() => null);
  const ofB: (SharedLane | null)[] = b.lanes.map(() => null);
  a.lanes.forEach(({ place }, number) => {
    const pair = other.get(place);
    if (pair === undefined) return;
    const [one, two] = [writtenA[number]!, writtenB[pair]!];
    const longer = one.text.length >= two.text.length ? one : two;
    const shared = sharedText(one.text, two.text, longer.starts);
    if (cutAlike(one, two, shared)) return;
    ofA[number] = { ...shared, length: one.text.length };
    ofB[pair] = { ...shared, length: two.text.length };
  });
  return [new SharedPlaces(a, ofA), new SharedPlaces(b, ofB)];
}

/** A lane's text and where its deltas begin in it, ascending. */
interface Written {
  text: string;
  starts: number[];
}

function writtenOf({ count, lane, start, lanes }: KeyColumns): Written[] {
  const written: Written[] = lanes.map(({ text }) => ({ text, starts: [] }));
  for (let seq = 0; seq < count; seq++)
    if (lane[seq]! >= 0) written[lane[seq]!]!.starts.push(start[seq]!);
  return written;
}

function cutAlike(a: Written, b: Written, { prefix, suffix }: SharedText): boolean {
  const places = ({ starts, text }: Written) =>
    starts
      .filter((at) => at < prefix || at >= text.length - suffix)
      .map((at) => (at < prefix ? at : at - text.length));
  const [ofA, ofB] = [places(a), places(b)];
  // There is nothing that could be cut otherwise.
  if (ofA.length === 0 || ofB.length === 0) return true;
  const known = new Set(ofA);
  const same = ofB.filter((at) => known.has(at)).length;
  return same >= CUT_ALIKE * Math.max(ofA.length, ofB.length);
}
