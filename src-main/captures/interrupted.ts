import type { CaptureEnd } from '../../src-core/capture.ts';
import { bytesText } from '../wording.ts';
import type { CapturePaths } from './capture-folder.ts';
import { ChunkTableReader } from './chunk-table.ts';

/** The end of a capture that has none, and that nobody records any more. It is never written. */
export function interruptedEnd(paths: CapturePaths, bytes: number): CaptureEnd {
  return {
    kind: 'disconnected',
    atUs: lastTimeUs(paths),
    code: 'recording-interrupted',
    message:
      `The recording was interrupted: Deltascope ended while the response arrived. ` +
      `${bytesText(bytes)} were kept.`,
  };
}

function lastTimeUs(paths: CapturePaths): number {
  const table = new ChunkTableReader(paths.chunks);
  let last = 0;
  try {
    for (;;) {
      const records = table.read();
      if (records.length === 0) return last;
      last = records[records.length - 1]!.timeUs;
    }
  } finally {
    table.close();
  }
}
