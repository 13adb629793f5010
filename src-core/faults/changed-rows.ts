import { decodeUtf8 } from '../text.ts';
import type { EventIndex } from '../index/event-index.ts';
import type { FaultMark } from './edited-reply.ts';

/** A stretch of what arrives, to look at: changed ones, and a few beside them. */
export type ChangedRow =
  | { is: 'event'; seq: number; timeUs: number; type: string; text: string; steps: number[] }
  /** Bytes that are in no event: comments, a mark at the start, what no blank line closed. */
  | { is: 'bytes'; start: number; text: string; steps: number[] }
  /** Between two events something was taken away, or the time was changed. */
  | { is: 'place'; steps: number[] }
  /** Events that nothing was done to. */
  | { is: 'same'; from: number; count: number };

/** Rows that are made; the rest is counted. */
export const MOST_ROWS = 400;
const MOST_CHARACTERS = 500;
/** Events that show beside changed ones. */
const CONTEXT = 2;

/** The events of a body around what was changed in it, in order; the rest is `same`. */
export function changedRows(
  body: Uint8Array,
  index: EventIndex,
  marks: readonly FaultMark[],
): { rows: ChangedRow[]; more: number } {
  const { start, end, timeUs, type } = index.columns;
  const count = index.count;
  const at = placesOf(marks, index, body.length);
  const near = new Set<number>();
  for (const seq of [...at.events.keys(), ...at.before.keys()])
    for (let one = seq - CONTEXT; one <= seq + CONTEXT; one++) near.add(one);
  if (near.size === 0) for (let one = 0; one <= CONTEXT; one++) near.add(one);
  near.add(count - 1);
  const rows: ChangedRow[] = [];
  let same: Extract<ChangedRow, { is: 'same' }> | null = null;
  let last = 0;
  let more = 0;
  const text = (from: number, to: number) =>
    decodeUtf8(body.subarray(from, Math.min(to, from + MOST_CHARACTERS))) +
    (to - from > MOST_CHARACTERS ? '…' : '');
  const between = (seq: number, from: number, to: number) => {
    const steps = at.before.get(seq);
    if (steps?.places) rows.push({ is: 'place', steps: [...steps.places] });
    if (steps?.bytes && from < to && to - from > 0 && !isBlank(body, from, to))
      rows.push({ is: 'bytes', start: from, text: text(from, to), steps: [...steps.bytes] });
  };
  for (let seq = 0; seq < count; seq++) {
    const isNear = near.has(seq);
    if (!isNear && same && !at.before.has(seq)) same.count++;
    else if (rows.length >= MOST_ROWS) {
      more = count - seq;
      last = end[count - 1]!;
      break;
    } else {
      between(seq, last, start[seq]!);
      if (isNear) {
        same = null;
        rows.push({
          is: 'event',
          seq,
          timeUs: timeUs[seq]!,
          type: index.types[type[seq]!] ?? '',
          text: text(start[seq]!, end[seq]!).trimEnd(),
          steps: [...(at.events.get(seq) ?? [])],
        });
      } else rows.push((same = { is: 'same', from: seq, count: 1 }));
    }
    last = end[seq]!;
  }
  const places = at.before.get(count)?.places;
  const rest = more === 0 && !isBlank(body, last, body.length);
  if (rest)
    rows.push({
      is: 'bytes',
      start: last,
      text: text(last, body.length),
      steps: [...(at.before.get(count)?.bytes ?? [])],
    });
  if (places && more === 0) rows.push({ is: 'place', steps: [...places] });
  return { rows, more };
}

interface Between {
  places?: Set<number>;
  bytes?: Set<number>;
}

/** Which steps are at which events, and before which. */
function placesOf(marks: readonly FaultMark[], index: EventIndex, length: number) {
  const events = new Map<number, Set<number>>();
  const before = new Map<number, Between>();
  const { start, end } = index.columns;
  const count = index.count;
  /** The first event that ends after an offset. */
  const firstAfter = (offset: number): number => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (end[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (const mark of marks) {
    if (mark.where === 'head') continue;
    let seq = firstAfter(mark.start);
    if (mark.start === mark.end) {
      const isWithin = seq < count && start[seq]! < mark.start;
      if (isWithin) added(events, seq, mark.step);
      else ((before.get(seq) ?? set(before, seq)).places ??= new Set()).add(mark.step);
      continue;
    }
    const goesBefore = seq >= count ? mark.end <= length : start[seq]! > mark.start;
    if (goesBefore) ((before.get(seq) ?? set(before, seq)).bytes ??= new Set()).add(mark.step);
    for (let nth = 0; seq < count && start[seq]! < mark.end && nth < MOST_ROWS; nth++)
      added(events, seq++, mark.step);
  }
  return { events, before };
}

function set(map: Map<number, Between>, seq: number): Between {
  const made: Between = {};
  map.set(seq, made);
  return made;
}

function added(map: Map<number, Set<number>>, seq: number, step: number): void {
  const steps = map.get(seq);
  if (steps) steps.add(step);
  else map.set(seq, new Set([step]));
}

function isBlank(body: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = body[at]!;
    if (
      byte !== 10 &&
      byte !== 13 &&
      byte !== 32 &&
      byte !== 0x2c &&
      byte !== 0x5d &&
      byte !== 0x5b
    )
      return false;
  }
  return true;
}
