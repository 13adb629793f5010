import { ByteLog } from '../byte-log.ts';
import type { ExportCapture } from '../export/export-capture.ts';
import { EventFlag } from '../index/batch.ts';
import { EventIndex } from '../index/event-index.ts';
import { indexOptions } from '../index/index-options.ts';
import { Indexer } from '../index/indexer.ts';
import { parseJson } from '../json.ts';
import { Snapshots } from '../snapshot/snapshots.ts';
import { readData } from '../sse/frame.ts';
import type { SpannedCapture } from './span-facts.ts';

/** Bytes of a body that are held to make a span of it. */
export const MOST_SPANNED = 256 * 1024 * 1024;

/**
 * Reads a capture to its end, so that a span can be made of it; one that was struck out gives a span without
 * what was struck. Null where its body is longer than `MOST_SPANNED`. @throws what reading throws
 */
export async function readSpanned(capture: ExportCapture): Promise<SpannedCapture | null> {
  const { meta } = capture;
  const bytes = new ByteLog();
  const index = new EventIndex();
  const indexer = new Indexer(indexOptions(meta));
  let size = 0;
  for await (const pieces of capture.pieces()) {
    for (const piece of pieces) {
      size += piece.bytes.byteLength;
      if (size > MOST_SPANNED) return null;
      bytes.append(piece.bytes);
      indexer.push(piece.bytes, piece.timeUs, piece.continued);
    }
    index.append(indexer.takeBatch());
  }
  indexer.end(meta.end);
  index.append(indexer.takeBatch());
  const value: SpannedCapture['value'] = (seq) => {
    const { dataStart, dataEnd } = index.columns;
    const data = bytes.slice(dataStart[seq]!, dataEnd[seq]!);
    // As many lines as there can be; `readData` stops at the end of the range.
    const dataLines = index.has(seq, EventFlag.multiline) ? data.length + 2 : 1;
    return parseJson(readData({ dataStart: 0, dataEnd: data.length, dataLines }, data));
  };
  const snapshots = new Snapshots(index, value);
  return { meta, index, value, snapshotAt: (seq) => snapshots.at(seq) };
}
