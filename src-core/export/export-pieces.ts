import { capturedRequestCode } from '../request-code/captured-request.ts';
import type { RequestLanguage } from '../request-code/parts.ts';
import { encodeUtf8 } from '../text.ts';
import { eventsCsvPieces } from './csv.ts';
import type { ExportCapture, ExportedBy } from './export-capture.ts';
import type { ExportFormatId } from './export-formats.ts';
import { harPieces } from './har.ts';
import { htmlPieces } from './html-report.ts';
import { jsonLinePieces } from './json-lines.ts';
import { markdownPieces } from './markdown.ts';
import { ssePieces } from './sse.ts';

/** Formats that the core writes; a bundle is a zip, which main makes. */
export type TextFormatId = Exclude<ExportFormatId, 'bundle'>;

type Write = (captures: readonly ExportCapture[], by: ExportedBy) => AsyncIterable<Uint8Array>;

const WRITERS: Readonly<Record<TextFormatId, Write>> = {
  html: ([capture], by) => htmlPieces(capture!, by),
  markdown: ([capture], by) => markdownPieces(capture!, by),
  har: (captures, by) => harPieces(captures, by),
  sse: ([capture]) => ssePieces(capture!),
  jsonl: ([capture]) => jsonLinePieces(capture!),
  csv: ([capture]) => eventsCsvPieces(capture!),
  curl: ([capture]) => requestPieces('curl', capture!),
  python: ([capture]) => requestPieces('python', capture!),
  typescript: ([capture]) => requestPieces('typescript', capture!),
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
  return WRITERS[format](captures, by);
}

/** Nothing for a capture without a request. */
async function* requestPieces(
  language: RequestLanguage,
  { meta: { request } }: ExportCapture,
): AsyncGenerator<Uint8Array> {
  if (request) yield await Promise.resolve(encodeUtf8(capturedRequestCode(language, request)));
}
