import { existsSync } from 'node:fs';
import type { CaptureMeta } from '../../src-core/capture.ts';
import type { ExportCapture, ExportPiece } from '../../src-core/export/export-capture.ts';
import { type CapturePaths, wirePaths } from '../captures/capture-folder.ts';
import { CaptureReader } from '../captures/capture-reader.ts';

/** What is read of a body at once. */
const READ_SIZE = 256 * 1024;

/** A capture on the disk, for export. One that is recorded counts as far as it is there. */
export function storedCapture(paths: CapturePaths, meta: CaptureMeta): ExportCapture {
  return {
    meta,
    pieces: () => piecesOf(paths, meta.timed),
    ...(existsSync(paths.wire) && { wire: () => piecesOf(wirePaths(paths), true) }),
  };
}

async function* piecesOf(paths: CapturePaths, timed: boolean): AsyncGenerator<ExportPiece[]> {
  const reader = new CaptureReader(paths, { timed });
  try {
    for (;;) {
      const { bytes, pieces } = await reader.read(READ_SIZE, true);
      if (bytes.byteLength === 0) return;
      yield pieces;
    }
  } finally {
    await reader.close();
  }
}
