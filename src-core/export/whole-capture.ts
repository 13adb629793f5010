import { ByteLog } from '../byte-log.ts';
import { EventFlag } from '../index/batch.ts';
import { EventIndex } from '../index/event-index.ts';
import { indexOptions } from '../index/index-options.ts';
import { Indexer } from '../index/indexer.ts';
import { type JsonObject, type JsonValue, parseJson } from '../json.ts';
import { Snapshots } from '../snapshot/snapshots.ts';
import { readData } from '../sse/frame.ts';
import type { ExportCapture } from './export-capture.ts';

/** A capture in memory, for what is told of it as a whole. */
export interface WholeCapture {
  index: EventIndex;
  /** Bytes that were read. */
  size: number;
  /** Whether there are more of them. */
  isCut: boolean;
  /** The model that the stream names, `''` for none. */
  model: string;
  dataOf(seq: number): string;
  /** The object that the stream amounts to after an event; null where none has told of one. */
  snapshotAt(seq: number): JsonObject | null;
}

/** Reads a capture, or its beginning. @param most bytes that are read */
export async function wholeCapture(capture: ExportCapture, most: number): Promise<WholeCapture> {
  const index = new EventIndex();
  const indexer = new Indexer(indexOptions(capture.meta));
  const bytes = new ByteLog();
  let isCut = false;
  for await (const pieces of capture.pieces()) {
    for (const piece of pieces) {
      const left = most - bytes.length;
      isCut ||= piece.bytes.length > left;
      if (left <= 0) break;
      const part = piece.bytes.subarray(0, left);
      bytes.append(part);
      indexer.push(part, piece.timeUs, piece.continued);
    }
    index.append(indexer.takeBatch());
    if (isCut) break;
  }
  // What is cut here did not end here.
  if (!isCut) indexer.end(capture.meta.end);
  index.append(indexer.takeBatch());
  const dataOf = (seq: number): string => {
    const { dataStart, dataEnd } = index.columns;
    const data = bytes.slice(dataStart[seq]!, dataEnd[seq]!);
    // As many lines as there can be; `readData` stops at the end of the range.
    const dataLines = index.has(seq, EventFlag.multiline) ? data.length + 2 : 1;
    return readData({ dataStart: 0, dataEnd: data.length, dataLines }, data);
  };
  const snapshots = new Snapshots(index, (seq): JsonValue | undefined => parseJson(dataOf(seq)));
  return {
    index,
    size: bytes.length,
    isCut,
    model: indexer.model,
    dataOf,
    snapshotAt: (seq) => snapshots.at(seq),
  };
}
