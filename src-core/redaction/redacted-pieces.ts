import type { ExportPiece } from '../export/export-capture.ts';
import { OpenBytes } from '../export/open-bytes.ts';
import type { EventIndex } from '../index/event-index.ts';
import type { Changed } from './redact-body.ts';
import type { Segment } from './segments.ts';

interface Cut {
  /** Where the piece ends in the body that was read. */
  end: number;
  timeUs: number;
  continued: boolean;
}

/**
 * Puts other bytes into the place of segments, and cuts them into chunks where those of the body were cut. A cut
 * within something that was struck out stays within what stands for it. Chunks of which nothing is left go.
 */
export class RedactedPieces {
  readonly #index: EventIndex;
  readonly #change: (segment: Segment) => Changed | null;
  readonly #open = new OpenBytes();
  #cuts: Cut[] = [];
  /** The first cut whose bytes are not all given out. */
  #cut = 0;
  #done: ExportPiece[] = [];
  #parts: Uint8Array[] = [];
  /** The chunk's beginning gave no bytes: what follows of it begins it. */
  #begins = false;
  #next = 0;
  #start = 0;

  constructor(index: EventIndex, change: (segment: Segment) => Changed | null) {
    this.#index = index;
    this.#change = change;
  }

  push(pieces: readonly ExportPiece[]): ExportPiece[] {
    this.#cuts = this.#cuts.slice(this.#cut);
    this.#cut = 0;
    for (const { bytes, timeUs, continued } of pieces) {
      this.#open.append(bytes);
      this.#cuts.push({ end: this.#open.end, timeUs, continued });
    }
    const { end } = this.#index.columns;
    while (this.#next < this.#index.count && end[this.#next]! <= this.#open.end) {
      this.#segment(this.#next, end[this.#next]!);
      this.#next++;
    }
    this.#open.release(this.#start);
    return this.#take();
  }

  end(): ExportPiece[] {
    if (this.#open.end > this.#start) this.#segment(null, this.#open.end);
    return this.#take();
  }

  #take(): ExportPiece[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  #segment(seq: number | null, end: number): void {
    const start = this.#start;
    const bytes = this.#open.slice(start, end);
    const changed = this.#change({ seq, start, end, bytes });
    // What is given out outlives the buffer that it was read into.
    const put = changed?.bytes ?? bytes.slice();
    const placeOf = placesIn(changed?.edits ?? [], put.length);
    let from = 0;
    for (; this.#cut < this.#cuts.length; this.#cut++) {
      const cut = this.#cuts[this.#cut]!;
      const to = cut.end >= end ? put.length : placeOf(cut.end - start);
      this.#parts.push(put.subarray(from, to));
      from = to;
      if (cut.end > end) break;
      this.#finish(cut);
      if (cut.end === end) {
        this.#cut++;
        break;
      }
    }
    this.#start = end;
  }

  #finish({ timeUs, continued }: Cut): void {
    const begins = !continued || this.#begins;
    const parts = this.#parts.filter((part) => part.length > 0);
    this.#parts = [];
    this.#begins = begins && parts.length === 0;
    if (parts.length === 0) return;
    this.#done.push({ bytes: joined(parts), timeUs, continued: !begins });
  }
}

/** Where an offset is after the edits; asked in ascending order. */
function placesIn(edits: Changed['edits'], most: number): (offset: number) => number {
  let next = 0;
  let shift = 0;
  return (offset) => {
    for (; next < edits.length && edits[next]!.end <= offset; next++)
      shift += edits[next]!.length - (edits[next]!.end - edits[next]!.start);
    const within = edits[next];
    const place =
      within && within.start < offset
        ? within.start + shift + Math.min(offset - within.start, within.length)
        : offset + shift;
    return Math.max(0, Math.min(place, most));
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
