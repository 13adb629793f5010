import { ByteLog } from '../../src-core/byte-log.ts';
import { LaneDocuments } from '../../src-core/growing/lane-documents.ts';
import { EventFlag } from '../../src-core/index/batch.ts';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { type JsonObject, type JsonValue, parseJson } from '../../src-core/json.ts';
import { Snapshots } from '../../src-core/snapshot/snapshots.ts';
import { readData } from '../../src-core/sse/frame.ts';
import type { CapturePaths } from '../captures/capture-folder.ts';
import { indexOptions, type KnownOfCapture } from '../../src-core/index/index-options.ts';
import { CaptureReader } from '../captures/capture-reader.ts';

const PIECE = 1024 * 1024;
/** Bytes that are read of a capture: what lies beyond is not judged. */
export const MOST_BYTES = 128 * 1024 * 1024;

/** A capture that has ended, read as a whole. */
export class ReadCapture {
  readonly index = new EventIndex();
  readonly bytes = new ByteLog();
  readonly documents = new LaneDocuments(this.index);
  readonly #snapshots = new Snapshots(this.index, (seq) => this.value(seq));

  /** The parsed data of an event, undefined where it is not JSON. */
  value(seq: number): JsonValue | undefined {
    const { dataStart, dataEnd } = this.index.columns;
    const bytes = this.bytes.slice(dataStart[seq]!, dataEnd[seq]!);
    const dataLines = this.index.has(seq, EventFlag.multiline) ? bytes.length + 2 : 1;
    return parseJson(readData({ dataStart: 0, dataEnd: bytes.length, dataLines }, bytes));
  }

  snapshotAt(seq: number): JsonObject | null {
    return this.#snapshots.at(seq);
  }
}

/** Reads a capture, yielding to the event loop after each MiB. @throws system errors of reading */
export async function readCapture(paths: CapturePaths, meta: KnownOfCapture): Promise<ReadCapture> {
  const reader = new CaptureReader(paths, { timed: meta.timed });
  const indexer = new Indexer(indexOptions(meta));
  const capture = new ReadCapture();
  try {
    while (reader.position < MOST_BYTES) {
      const { bytes, pieces } = await reader.read(PIECE, true);
      if (bytes.byteLength === 0) break;
      capture.bytes.append(bytes);
      for (const piece of pieces) indexer.push(piece.bytes, piece.timeUs, piece.continued);
      capture.index.append(indexer.takeBatch());
      await new Promise((resolve) => setImmediate(resolve));
    }
    indexer.end(meta.end);
    capture.index.append(indexer.takeBatch());
    return capture;
  } finally {
    await reader.close();
  }
}
