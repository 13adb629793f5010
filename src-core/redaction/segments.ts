import { OpenBytes } from '../export/open-bytes.ts';
import type { ExportCapture } from '../export/export-capture.ts';
import { EventIndex } from '../index/event-index.ts';
import { indexOptions } from '../index/index-options.ts';
import { Indexer } from '../index/indexer.ts';

/** The bytes from the end of one event to the end of the next: comments, the blank line before, the event. */
export interface Segment {
  /** Null for what follows the last event. */
  seq: number | null;
  start: number;
  end: number;
  /** Valid until the next segment. */
  bytes: Uint8Array;
}

/** Reads a capture into an index, and tells of each segment as it comes. */
export async function readIndex(
  capture: ExportCapture,
  onSegment: (segment: Segment) => void,
): Promise<EventIndex> {
  const index = new EventIndex();
  const indexer = new Indexer(indexOptions(capture.meta));
  const open = new OpenBytes();
  let start = 0;
  const take = () => {
    const batch = indexer.takeBatch();
    for (let row = 0; row < batch.count; row++) {
      const end = batch.columns.end[row]!;
      onSegment({ seq: batch.firstSeq + row, start, end, bytes: open.slice(start, end) });
      start = end;
    }
    open.release(start);
    index.append(batch);
  };
  for await (const pieces of capture.pieces()) {
    for (const { bytes, timeUs, continued } of pieces) {
      open.append(bytes);
      indexer.push(bytes, timeUs, continued);
    }
    take();
  }
  indexer.end();
  take();
  if (open.end > start)
    onSegment({ seq: null, start, end: open.end, bytes: open.slice(start, open.end) });
  return index;
}
