import type { AlignmentRows } from './alignment.ts';
import type { KeyColumns } from './event-keys.ts';
import type { SharedPlaces } from './shared-text.ts';

/** One side of a comparison. */
export interface Side {
  columns: KeyColumns;
  places: SharedPlaces;
}

/** Events of both sides that no event of the other one is equal to. */
interface Gap {
  a0: number;
  a1: number;
  b0: number;
  b1: number;
}

/** Events in a row that have one type and lane. */
interface Run {
  key: number;
  from: number;
  to: number;
}

/** So many runs ahead the other side's is looked for. */
const AHEAD = 32;

/**
 * Rows for what differs: runs of one type and lane are paired in their order, and in them deltas by their
 * place in the text where both have it, other events one by one. Linear.
 */
export function gapRows(rows: AlignmentRows, a: Side, b: Side, gap: Gap): void {
  const runsA = runsOf(a.columns, gap.a0, gap.a1);
  const runsB = runsOf(b.columns, gap.b0, gap.b1);
  let atA = 0;
  let atB = 0;
  while (atA < runsA.length || atB < runsB.length) {
    const found = nearest(runsA, atA, runsB, atB);
    const [toA, toB] = found ?? [Math.min(atA + 1, runsA.length), Math.min(atB + 1, runsB.length)];
    for (; atA < toA; atA++) alone(rows, a, runsA[atA]!, 'a');
    for (; atB < toB; atB++) alone(rows, b, runsB[atB]!, 'b');
    if (found) pairRuns(rows, a, runsA[atA++]!, b, runsB[atB++]!);
  }
}

function runsOf({ coarse }: KeyColumns, from: number, to: number): Run[] {
  const runs: Run[] = [];
  for (let seq = from; seq < to; seq++) {
    const last = runs[runs.length - 1];
    if (last && last.key === coarse[seq]) last.to = seq + 1;
    else runs.push({ key: coarse[seq]!, from: seq, to: seq + 1 });
  }
  return runs;
}

/** The next two runs that are of one type and lane, with as few as can be before them. */
function nearest(a: Run[], fromA: number, b: Run[], fromB: number): [number, number] | null {
  for (let ahead = 0; ahead <= AHEAD; ahead++)
    for (let inA = 0; inA <= ahead; inA++) {
      const [runA, runB] = [a[fromA + inA], b[fromB + ahead - inA]];
      if (runA && runB && runA.key === runB.key) return [fromA + inA, fromB + ahead - inA];
    }
  return null;
}

/** Text that the other side has as well is cut otherwise, not lost. */
function alone(rows: AlignmentRows, side: Side, { from, to }: Run, which: 'a' | 'b'): void {
  for (let seq = from; seq < to; seq++) {
    const isCut = side.places.of(seq) !== null;
    if (which === 'a') rows.add(isCut ? 'cut' : 'lost', seq, -1);
    else rows.add(isCut ? 'cut' : 'inserted', -1, seq);
  }
}

function pairRuns(rows: AlignmentRows, a: Side, runA: Run, b: Side, runB: Run): void {
  const isWhole = haveOneText(a.columns, runA, b.columns, runB);
  const placeIn = ({ columns, places }: Side, run: Run, seq: number) =>
    isWhole
      ? { at: columns.start[seq]! - columns.start[run.from]!, length: lengthOf(columns, seq) }
      : places.of(seq);
  let [seqA, seqB] = [runA.from, runB.from];
  while (seqA < runA.to && seqB < runB.to) {
    const [placeA, placeB] = [placeIn(a, runA, seqA), placeIn(b, runB, seqB)];
    if (!placeA && !placeB) rows.add('changed', seqA++, seqB++);
    else if (!placeB) rows.add('cut', seqA++, -1);
    else if (!placeA) rows.add('cut', -1, seqB++);
    else if (placeA.at !== placeB.at && placeA.at + placeA.length <= placeB.at)
      rows.add('cut', seqA++, -1);
    else if (placeA.at !== placeB.at && placeB.at + placeB.length <= placeA.at)
      rows.add('cut', -1, seqB++);
    else rows.add('cut', seqA++, seqB++);
  }
  if (isWhole) {
    for (; seqA < runA.to; seqA++) rows.add('cut', seqA, -1);
    for (; seqB < runB.to; seqB++) rows.add('cut', -1, seqB);
  }
  alone(rows, a, { ...runA, from: seqA }, 'a');
  alone(rows, b, { ...runB, from: seqB }, 'b');
}

function lengthOf({ start, end }: KeyColumns, seq: number): number {
  return end[seq]! - start[seq]!;
}

/** Whether two runs of deltas bring the same text. */
function haveOneText(a: KeyColumns, runA: Run, b: KeyColumns, runB: Run): boolean {
  const text = ({ lane, lanes, start, end }: KeyColumns, { from, to }: Run) => {
    const number = lane[from]!;
    if (number < 0 || lane[to - 1] !== number) return null;
    return lanes[number]!.text.slice(start[from], end[to - 1]);
  };
  const textA = text(a, runA);
  return textA !== null && textA !== '' && textA === text(b, runB);
}
