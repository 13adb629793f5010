import type { ExportCapture } from '../../src-core/export/export-capture.ts';
import { MOST_SPANNED, readSpanned } from '../../src-core/otel/read-spanned.ts';
import { type SpanFacts, spanFacts, type SpanOptions } from '../../src-core/otel/span-facts.ts';
import type { RedactionOptions } from '../../src-core/redaction/options.ts';
import { redactCapture } from '../../src-core/redaction/redact-capture.ts';
import { Refusal } from '../refusal.ts';
import { bytesText } from '../wording.ts';

/**
 * The spans of captures, less what the redaction strikes out: it is what an export of them would hold.
 * @throws Refusal `too-large` for a body that is too long to make a span of; system errors of reading
 */
export async function spansOf(
  captures: readonly ExportCapture[],
  { redaction, content }: { redaction: RedactionOptions } & SpanOptions,
): Promise<SpanFacts[]> {
  const spans: SpanFacts[] = [];
  for (const capture of captures) {
    const spanned = await readSpanned(await redactCapture(capture, redaction));
    if (spanned === null)
      throw new Refusal(
        'too-large',
        `${capture.meta.name} is longer than ${bytesText(MOST_SPANNED)}: no span is made of it.`,
      );
    spans.push(spanFacts(spanned, { content }));
  }
  return spans;
}
