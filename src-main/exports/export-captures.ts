import type { ExportCapture, ExportedBy } from '../../src-core/export/export-capture.ts';
import { exportFormat, type ExportFormatId } from '../../src-core/export/export-formats.ts';
import { textPieces } from '../../src-core/export/export-pieces.ts';
import type { RedactionOptions } from '../../src-core/redaction/options.ts';
import { redactCapture } from '../../src-core/redaction/redact-capture.ts';
import { Refusal } from '../refusal.ts';
import { bundlePieces } from './bundle-writer.ts';

/**
 * Captures as one file of a format, in pieces to be written one after the other, less what the redaction
 * strikes out. The originals are not changed.
 * @param captures at least one; for a format without `many` exactly one
 * @throws Refusal `one-capture` for several where one is meant, `no-request` for code of a capture without a
 *   request; system errors of reading
 */
export async function* exportCaptures(
  format: ExportFormatId,
  captures: readonly ExportCapture[],
  options: { redaction: RedactionOptions } & ExportedBy,
): AsyncGenerator<Uint8Array> {
  const { title, many, holds } = exportFormat(format);
  if (captures.length === 0 || (!many && captures.length > 1))
    throw new Refusal('one-capture', `${title} is made of one capture at a time.`);
  if (holds === 'request' && captures[0]!.meta.request === null)
    throw new Refusal(
      'no-request',
      `${captures[0]!.meta.name} has no request: only its answer is known.`,
    );
  const { redaction, ...by } = options;
  const redacted: ExportCapture[] = [];
  for (const capture of captures) redacted.push(await redactCapture(capture, redaction));
  if (format === 'bundle') yield* bundlePieces(redacted, redaction, by);
  else yield* textPieces(format, redacted, by);
}
