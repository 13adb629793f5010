import { eventsCsvPieces } from './csv.ts';
import type { ExportCapture, ExportedBy } from './export-capture.ts';
import type { ExportFormatId } from './export-formats.ts';
import { jsonLinePieces } from './json-lines.ts';
import { ssePieces } from './sse.ts';

/** Formats that the core writes; a bundle is a zip, which main makes. */
export type TextFormatId = Exclude<ExportFormatId, 'bundle'>;

type Write = (captures: readonly ExportCapture[], by: ExportedBy) => AsyncIterable<Uint8Array>;

const WRITERS: Partial<Record<TextFormatId, Write>> = {
  sse: ([capture]) => ssePieces(capture!),
  jsonl: ([capture]) => jsonLinePieces(capture!),
  csv: ([capture]) => eventsCsvPieces(capture!),
};

/**
 * Captures as one file, in pieces to be written one after the other. Nothing is struck out here.
 * @param captures at least one; exactly one for a format without `many`
 */
export function textPieces(
  format: TextFormatId,
  captures: readonly ExportCapture[],
  by: ExportedBy,
): AsyncIterable<Uint8Array> {
  return WRITERS[format]!(captures, by);
}
