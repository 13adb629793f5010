import type { CaptureMeta } from '../../src-core/capture.ts';
import type { ExportCapture, ExportPiece } from '../../src-core/export/export-capture.ts';
import { newMeta } from '../../src-main/captures/store.ts';
import { newFolderId } from '../../src-main/folder-id.ts';
import { MAX_SERVED_BYTES } from '../../src-main/replay-server/read-recorded.ts';
import { InputError } from '../failure.ts';
import type { Source } from '../sources/source.ts';

/**
 * A source as exports read it, which is more than once: it is held in memory.
 * @throws InputError for what can't be read, holds nothing, or is too large
 */
export async function heldCapture(source: Source): Promise<ExportCapture> {
  const held: ExportPiece[][] = [];
  let size = 0;
  let atUs = 0;
  for await (const pieces of source.pieces()) {
    held.push([...pieces]);
    for (const { bytes, timeUs } of pieces) {
      size += bytes.length;
      atUs = timeUs;
    }
    if (size > MAX_SERVED_BYTES)
      throw new InputError(`${source.name} is larger than ${MAX_SERVED_BYTES / 2 ** 20} MiB.`);
  }
  if (size === 0 && !source.capture)
    throw new InputError(
      `${source.name} is empty.`,
      'The request that made it may have failed: see its exit code.',
    );
  return {
    meta: source.capture ?? metaOf(source, atUs),
    async *pieces() {
      yield* held;
    },
  };
}

/** Bytes that came by themselves ended as they should: nobody knows otherwise. */
function metaOf({ name, path, isTimed }: Source, atUs: number): CaptureMeta {
  const origin = path === null ? ({ kind: 'paste' } as const) : { kind: 'file' as const, path };
  const end = { kind: 'closed' as const, atUs, code: null, message: '' };
  return newMeta(newFolderId(new Date()), { name, origin, end, timed: isTimed });
}
