import type { KeyColumns } from './event-keys.ts';
import { gapRows } from './gap-rows.ts';
import { type DiffKeys, matchKeys } from './match-keys.ts';
import { type SharedPlaces, sharedPlaces } from './shared-text.ts';

/**
 * What a row of an alignment says.
 * - `same`: both sides have the event.
 * - `cut`: deltas whose text both sides have, divided into other pieces.
 * - `changed`: events of one type and lane with other content.
 * - `lost`: only A has it. `inserted`: only B has it.
 * - `pending`: the other side is still streaming and has not come so far.
 */
export const ROW_KINDS = ['same', 'cut', 'changed', 'lost', 'inserted', 'pending'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** Rows as numbers. In each column events ascend, and each event stands in one row. */
export interface Alignment {
  count: number;
  /** The event of each side, -1 for none. */
  a: Int32Array;
  b: Int32Array;
  /** Index into `ROW_KINDS`. */
  kind: Uint8Array;
  /** The row of each event. */
  rowOfA: Int32Array;
  rowOfB: Int32Array;
  counts: Record<RowKind, number>;
  /** Events in stretches that were too different to be aligned by content, and were by type and lane. */
  coarse: number;
}

export class AlignmentRows {
  readonly a: number[] = [];
  readonly b: number[] = [];
  readonly kind: number[] = [];
  add(kind: RowKind, a: number, b: number): void {
    this.kind.push(ROW_KINDS.indexOf(kind));
    this.a.push(a);
    this.b.push(b);
  }
}

/** Aligns the events of two captures. `open`: which of them still streams. */
export function alignEvents(
  a: KeyColumns,
  b: KeyColumns,
  diff: DiffKeys,
  open: { a: boolean; b: boolean } = { a: false, b: false },
): Alignment {
  const [placesA, placesB] = sharedPlaces(a, b);
  const keys = new Map<number, number>();
  const { bOf, unresolved } = matchKeys(
    placedKeys(a, placesA, keys),
    placedKeys(b, placesB, keys),
    diff,
  );
  const rows = new AlignmentRows();
  let nextA = 0;
  let nextB = 0;
  const gapUpTo = (toA: number, toB: number) => {
    if (nextA < toA || nextB < toB)
      gapRows(
        rows,
        { columns: a, places: placesA },
        { columns: b, places: placesB },
        {
          a0: nextA,
          a1: toA,
          b0: nextB,
          b1: toB,
        },
      );
    nextA = toA + 1;
    nextB = toB + 1;
  };
  for (let seq = 0; seq < a.count; seq++) {
    const pair = bOf[seq]!;
    if (pair < 0) continue;
    gapUpTo(seq, pair);
    rows.add('same', seq, pair);
  }
  gapUpTo(a.count, b.count);
  return finished(rows, a.count, b.count, unresolved, open);
}

/** Beyond any offset in a lane: with it an event and a place make one number. */
const PLACE = 2 ** 31;

/** The keys of deltas in shared text with their place in it. */
function placedKeys(
  { count, exact }: KeyColumns,
  places: SharedPlaces,
  numbers: Map<number, number>,
): Int32Array {
  const keys = new Int32Array(count);
  for (let seq = 0; seq < count; seq++) {
    const place = places.of(seq);
    const name = place ? exact[seq]! * 2 * PLACE + (place.at + PLACE) + 1 : -exact[seq]! - 1;
    let key = numbers.get(name);
    if (key === undefined) {
      key = numbers.size;
      numbers.set(name, key);
    }
    keys[seq] = key;
  }
  return keys;
}

function finished(
  rows: AlignmentRows,
  countA: number,
  countB: number,
  coarse: number,
  open: { a: boolean; b: boolean },
): Alignment {
  const { a, b, kind } = rows;
  const pending = ROW_KINDS.indexOf('pending');
  for (let row = kind.length - 1; row >= 0; row--) {
    if ((open.b && b[row]! < 0) || (open.a && a[row]! < 0)) kind[row] = pending;
    else break;
  }
  const rowOfA = new Int32Array(countA);
  const rowOfB = new Int32Array(countB);
  const counts = { same: 0, cut: 0, changed: 0, lost: 0, inserted: 0, pending: 0 };
  kind.forEach((one, row) => {
    counts[ROW_KINDS[one]!]++;
    if (a[row]! >= 0) rowOfA[a[row]!] = row;
    if (b[row]! >= 0) rowOfB[b[row]!] = row;
  });
  return {
    count: kind.length,
    a: Int32Array.from(a),
    b: Int32Array.from(b),
    kind: Uint8Array.from(kind),
    rowOfA,
    rowOfB,
    counts,
    // Text that is only cut otherwise was aligned by its place.
    coarse: Math.min(coarse, 2 * counts.changed + counts.lost + counts.inserted),
  };
}

/** Whether a row is a difference: text that is only cut otherwise is none. */
export function isDifference(kind: RowKind): boolean {
  return kind === 'changed' || kind === 'lost' || kind === 'inserted';
}
