import type { DialectId } from '../../src-core/dialects/dialect.ts';
import {
  type EventColumns,
  EventFlag,
  type IndexBatch,
  type Lane,
} from '../../src-core/index/batch.ts';
import { readData } from '../../src-core/sse/frame.ts';
import type { ByteWindow } from './byte-window.ts';

/** One event of a stream that is being read. */
export interface EventRow {
  seq: number;
  /** What the stream speaks, as far as it was known then. */
  dialect: DialectId;
  type: string;
  /** Microseconds since the request; null where times are not recorded. */
  timeUs: number | null;
  /** The server's own number, null where it gives none. */
  sequenceNumber: number | null;
  lane: Lane | null;
  /** Byte range of the frame in the body. */
  start: number;
  end: number;
  flags: number;
  data: string;
}

/** Remembers the names that batches tell once, and reads their rows with what belongs to them. */
export class EventRows {
  readonly #types: string[] = [];
  readonly #lanes: Lane[] = [];
  readonly #window: ByteWindow;
  readonly #isTimed: boolean;

  constructor(window: ByteWindow, isTimed: boolean) {
    this.#window = window;
    this.#isTimed = isTimed;
  }

  /** The events of a batch. To be called for each batch, in order. */
  *of(batch: IndexBatch): Generator<EventRow> {
    this.#types.push(...batch.types);
    this.#lanes.push(...batch.lanes);
    const { columns } = batch;
    for (let row = 0; row < batch.count; row++) {
      const sequence = columns.sequence[row]!;
      yield {
        seq: batch.firstSeq + row,
        dialect: batch.dialect,
        type: this.#types[columns.type[row]!]!,
        timeUs: this.#isTimed ? columns.timeUs[row]! : null,
        sequenceNumber: Number.isNaN(sequence) ? null : sequence,
        lane: this.#lanes[columns.lane[row]!] ?? null,
        start: columns.start[row]!,
        end: columns.end[row]!,
        flags: columns.flags[row]!,
        data: this.#dataOf(columns, row),
      };
    }
  }

  #dataOf({ dataStart, dataEnd, flags }: EventColumns, row: number): string {
    const bytes = this.#window.slice(dataStart[row]!, dataEnd[row]!);
    // As many lines as there can be; `readData` stops at the end of the range.
    const dataLines = flags[row]! & EventFlag.multiline ? bytes.length + 2 : 1;
    return readData({ dataStart: 0, dataEnd: bytes.length, dataLines }, bytes);
  }
}
