import { dialectOf } from '../dialects/dialects.ts';
import type { JsonDifference } from '../diff-json.ts';
import { laneAddress } from '../index/event-index.ts';
import { parseJson } from '../json.ts';
import { type Alignment, isDifference, ROW_KINDS, type RowKind } from './alignment.ts';
import { eventChanges } from './event-changes.ts';
import type { ComparedStream } from './event-keys.ts';

/** One side of a row: the event and what it says on one line. */
export interface SaidEvent {
  seq: number;
  type: string;
  /** The address of the lane that it writes to, '' for none. */
  lane: string;
  summary: string;
}

export interface EventDifference {
  row: number;
  kind: RowKind;
  a: SaidEvent | null;
  b: SaidEvent | null;
  /** Of a changed row where the data differs; null where that says nothing more: see `eventChanges`. */
  changes: JsonDifference | null;
}

/** The first rows that differ, with what their events say. */
export function eventDifferences(
  alignment: Alignment,
  a: ComparedStream,
  b: ComparedStream,
  limit: number,
): EventDifference[] {
  const found: EventDifference[] = [];
  for (let row = 0; row < alignment.count && found.length < limit; row++) {
    const kind = ROW_KINDS[alignment.kind[row]!]!;
    if (!isDifference(kind)) continue;
    found.push(differenceOfRow(alignment, a, b, row));
  }
  return found;
}

/** What the events of a row say. */
export function differenceOfRow(
  alignment: Alignment,
  a: ComparedStream,
  b: ComparedStream,
  row: number,
): EventDifference {
  const [seqA, seqB] = [alignment.a[row]!, alignment.b[row]!];
  const kind = ROW_KINDS[alignment.kind[row]!]!;
  return {
    row,
    kind,
    a: seqA < 0 ? null : saidBy(a, seqA),
    b: seqB < 0 ? null : saidBy(b, seqB),
    changes: kind === 'changed' ? eventChanges(a, seqA, b, seqB) : null,
  };
}

function saidBy(stream: ComparedStream, seq: number): SaidEvent {
  const { index } = stream;
  const type = index.typeOf(seq);
  const data = stream.dataText(seq);
  const { delta, text, tag } = dialectOf(index.dialect).summary(type, data, parseJson(data));
  const number = index.columns.lane[seq]!;
  const lane = number < 0 ? '' : laneAddress(index.lanes[number]!);
  const summary = delta === null ? [text, tag].filter(Boolean).join(' · ') : JSON.stringify(delta);
  return { seq, type, lane, summary };
}
