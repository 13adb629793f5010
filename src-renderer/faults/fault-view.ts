import type { StreamStatus } from '../../src-core/capture.ts';
import { dialectOf } from '../../src-core/dialects/dialects.ts';
import type { FaultOutcome } from '../../src-core/faults/apply-faults.ts';
import { changedRows, type ChangedRow } from '../../src-core/faults/changed-rows.ts';
import type { FaultMark } from '../../src-core/faults/edited-reply.ts';
import type { FaultList } from '../../src-core/faults/fault-list.ts';
import {
  type FaultyRecording,
  indexOf,
  previewFaults,
} from '../../src-core/faults/preview-faults.ts';
import type { EventIndex } from '../../src-core/index/event-index.ts';
import type { Problem } from '../../src-core/problem.ts';
import type { Pace } from '../../src-core/replay/pace.ts';
import { paced } from '../../src-core/replay/paced.ts';
import type { Reply } from '../../src-core/replay/reply.ts';
import type { EventKind } from '../../src-core/responses/event-types.ts';
import { streamStatus } from '../../src-ipc/stream-status.ts';

/** Columns that the strip is divided into, whatever its width. */
export const STRIP_COLUMNS = 400;
/** Problems that are listed. */
export const MOST_PROBLEMS = 200;
/** Places of which bytes are shown, and bytes before and after each. */
const MOST_PLACES = 40;
const AROUND = 32;
const MOST_OF_PLACE = 96;

/** The events of a stream in columns of time: how many, and the kind of the last one. */
export interface StripRow {
  counts: Uint32Array;
  kinds: (EventKind | undefined)[];
}

/** Bytes around a change: `marked` are those that a step wrote. */
export interface BytePlace {
  offset: number;
  bytes: Uint8Array;
  marked: { start: number; end: number };
  steps: number[];
}

/** A header as it is sent, and what became of it. */
export interface HeaderChange {
  name: string;
  value: string;
  change: 'same' | 'set' | 'gone';
}

/** What the editor shows of a preview: all of it is bounded, whatever the size of the capture. */
export interface FaultView {
  status: number;
  statusText: string;
  headers: HeaderChange[];
  gzip: Reply['gzip'];
  outcomes: FaultOutcome[];
  stream: StreamStatus;
  ends: string;
  events: number;
  recordedEvents: number;
  bytes: number;
  recordedBytes: number;
  rows: ChangedRow[];
  moreRows: number;
  places: BytePlace[];
  problems: Problem[];
  problemCount: number;
  strip: {
    durationUs: number;
    recorded: StripRow;
    faulty: StripRow;
    marks: { step: number; atUs: number }[];
  };
}

/** A recording with what is the same in each of its previews at a pace. */
export class FaultPreviewer {
  readonly #recording: FaultyRecording;
  readonly #bytes: number;
  /** As it is served without faults. */
  #served: { pace: string; reply: Reply; index: EventIndex } | null = null;

  constructor(recording: FaultyRecording) {
    this.#recording = recording;
    this.#bytes = recording.reply.portions.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** @param pace of the server: faults come after it */
  view(list: FaultList, pace: Pace, request: number): FaultView {
    const { reply: before, index: recorded } = this.#at(pace);
    const { known } = this.#recording;
    const preview = previewFaults({ reply: before, known }, list, request);
    const { reply, body, index, marks, end, outcomes } = preview;
    const { rows, more } = changedRows(body, index, marks);
    const lastUs = Math.max(lastOf(before), lastOf(reply), 1);
    const durationUs = lastUs * 1.03;
    return {
      status: reply.status,
      statusText: reply.statusText,
      headers: headerChanges(before, reply),
      gzip: reply.gzip,
      outcomes,
      stream: streamStatus(index.streamStatus, end, body.length),
      ends: end.message,
      events: index.count,
      recordedEvents: recorded.count,
      bytes: body.length,
      recordedBytes: this.#bytes,
      rows,
      moreRows: more,
      places: bytePlaces(body, marks),
      problems: preview.problems.slice(0, MOST_PROBLEMS),
      problemCount: preview.index.problemCount,
      strip: {
        durationUs,
        recorded: stripRow(recorded, durationUs),
        faulty: stripRow(index, durationUs),
        marks: stripMarks(reply, marks),
      },
    };
  }

  #at(pace: Pace): { reply: Reply; index: EventIndex } {
    const text = JSON.stringify(pace);
    if (this.#served?.pace === text) return this.#served;
    const { reply: recorded, known } = this.#recording;
    const reply = paced(recorded, pace);
    const served = { pace: text, reply, index: indexOf(reply, known) };
    this.#served = served;
    return served;
  }
}

function lastOf({ headAtUs, portions }: Reply): number {
  return headAtUs === Infinity ? 0 : headAtUs + (portions.at(-1)?.atUs ?? 0);
}

function headerChanges(before: Reply, after: Reply): HeaderChange[] {
  const isIn = ({ headers }: Reply, [name, value]: [string, string]) =>
    headers.some((one) => one[0].toLowerCase() === name.toLowerCase() && one[1] === value);
  return [
    ...after.headers.map(([name, value]): HeaderChange => {
      return { name, value, change: isIn(before, [name, value]) ? 'same' : 'set' };
    }),
    ...before.headers
      .filter(([name]) => !after.headers.some((one) => one[0].toLowerCase() === name.toLowerCase()))
      .map(([name, value]): HeaderChange => ({ name, value, change: 'gone' })),
  ];
}

function stripRow(index: EventIndex, durationUs: number): StripRow {
  const counts = new Uint32Array(STRIP_COLUMNS);
  const kinds: (EventKind | undefined)[] = Array.from({ length: STRIP_COLUMNS }, () => undefined);
  const dialect = dialectOf(index.dialect);
  const kindOf = index.types.map((type) => dialect.kindOf(type));
  const { timeUs, type } = index.columns;
  for (let seq = 0; seq < index.count; seq++) {
    const column = Math.floor((timeUs[seq]! / durationUs) * STRIP_COLUMNS);
    const at = Math.max(0, Math.min(STRIP_COLUMNS - 1, column));
    counts[at]!++;
    kinds[at] = kindOf[type[seq]!];
  }
  return { counts, kinds };
}

/** One mark a step: where it is first. */
function stripMarks(reply: Reply, marks: readonly FaultMark[]): { step: number; atUs: number }[] {
  const { portions, headAtUs } = reply;
  const headUs = headAtUs === Infinity ? 0 : headAtUs;
  const ends: number[] = [];
  let length = 0;
  for (const { bytes } of portions) ends.push((length += bytes.length));
  const firsts = new Map<number, FaultMark>();
  for (const mark of marks) {
    const known = firsts.get(mark.step);
    if (!known || mark.start < known.start) firsts.set(mark.step, mark);
  }
  return Array.from(firsts.values(), ({ step, where, start }) => {
    if (where === 'head') return { step, atUs: headUs };
    let low = 0;
    let high = Math.max(0, ends.length - 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! <= start) low = middle + 1;
      else high = middle;
    }
    return { step, atUs: headUs + (portions[low]?.atUs ?? 0) };
  });
}

function bytePlaces(body: Uint8Array, marks: readonly FaultMark[]): BytePlace[] {
  const places: BytePlace[] = [];
  const sorted = marks.filter(({ where }) => where !== 'head').sort((a, b) => a.start - b.start);
  for (const { start, end, step } of sorted) {
    const last = places.at(-1);
    if (last && start <= last.marked.end && last.steps.length < 20) {
      if (!last.steps.includes(step)) last.steps.push(step);
      continue;
    }
    if (places.length >= MOST_PLACES) break;
    const shown = Math.min(end, start + MOST_OF_PLACE);
    const from = Math.max(0, (start & ~15) - AROUND);
    const bytes = body.slice(from, Math.min(body.length, shown + AROUND));
    places.push({ offset: from, bytes, marked: { start, end: shown }, steps: [step] });
  }
  if (places.length === 0 && body.length > 0)
    places.push({ offset: 0, bytes: body.slice(0, 256), marked: { start: 0, end: 0 }, steps: [] });
  return places;
}
