import type { DialectId, Framing } from '../dialects/dialect.ts';
import { EventFlag, type IndexBatch, type Lane } from '../index/batch.ts';
import { Indexer } from '../index/indexer.ts';
import { indexOptions } from '../index/index-options.ts';
import { readData } from '../sse/frame.ts';
import type { ExportCapture } from './export-capture.ts';
import { OpenBytes } from './open-bytes.ts';

/** An event as exports write it. */
export interface EventRow {
  seq: number;
  /** What the stream speaks, as far as it was known then. */
  dialect: DialectId;
  framing: Framing;
  type: string;
  /** Microseconds since the request; null where times are not recorded. */
  timeUs: number | null;
  /** Which chunk completed it; null likewise. */
  chunk: number | null;
  /** The server's own number, null where it gives none. */
  sequenceNumber: number | null;
  lane: Lane | null;
  /** How many UTF-16 units it added to its lane. */
  characters: number;
  /** Byte range of the frame in the body. */
  start: number;
  end: number;
  data: string;
  /** The bytes of the frame: valid until the next row. */
  frame: Uint8Array;
}

/** Reads the events of a capture, from the first to the last, in one pass over its bytes. */
export async function* eventRows(capture: ExportCapture): AsyncGenerator<EventRow> {
  const indexer = new Indexer(indexOptions(capture.meta));
  const rows = new Rows(capture.meta.timed);
  for await (const pieces of capture.pieces()) {
    for (const { bytes, timeUs, continued } of pieces) {
      rows.bytes.append(bytes);
      indexer.push(bytes, timeUs, continued);
    }
    yield* rows.of(indexer.takeBatch());
  }
  indexer.end(capture.meta.end);
  yield* rows.of(indexer.takeBatch());
}

class Rows {
  readonly bytes = new OpenBytes();
  readonly #timed: boolean;
  readonly #types: string[] = [];
  readonly #lanes: { lane: Lane; length: number }[] = [];

  constructor(timed: boolean) {
    this.#timed = timed;
  }

  *of({ count, firstSeq, dialect, framing, columns, types, lanes }: IndexBatch) {
    for (const type of types) this.#types.push(type);
    for (const lane of lanes)
      this.#lanes.push({ lane: { ...lane, initial: '' }, length: lane.initial.length });
    for (let row = 0; row < count; row++) {
      const sequence = columns.sequence[row]!;
      const written = this.#lanes[columns.lane[row]!];
      const before = written?.length ?? 0;
      if (written) written.length = Math.max(before, columns.laneEnd[row]!);
      const start = columns.start[row]!;
      const end = columns.end[row]!;
      const dataStart = columns.dataStart[row]!;
      const dataEnd = columns.dataEnd[row]!;
      const data = this.bytes.slice(dataStart, dataEnd);
      // As many lines as there can be; `readData` stops at the end of the range.
      const dataLines = columns.flags[row]! & EventFlag.multiline ? data.length + 2 : 1;
      yield {
        seq: firstSeq + row,
        dialect,
        framing,
        type: this.#types[columns.type[row]!]!,
        timeUs: this.#timed ? columns.timeUs[row]! : null,
        chunk: this.#timed ? columns.chunk[row]! : null,
        sequenceNumber: Number.isNaN(sequence) ? null : sequence,
        lane: written?.lane ?? null,
        characters: (written?.length ?? 0) - before,
        start,
        end,
        data: readData({ dataStart: 0, dataEnd: data.length, dataLines }, data),
        frame: this.bytes.slice(start, end),
      } satisfies EventRow;
    }
    if (count > 0) this.bytes.release(columns.end[count - 1]!);
  }
}
