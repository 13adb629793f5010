import type { ExportCapture } from '../../src-core/export/export-capture.ts';
import type { RedactionOptions } from '../../src-core/redaction/options.ts';
import { spansOf } from '../../src-main/exports/exported-spans.ts';
import { sendSpans } from '../../src-main/otlp/send-spans.ts';
import {
  DEFAULT_SERVICE_NAME,
  DEFAULT_TIMEOUT_MS,
  headersOfEnvironment,
  type SentSpans,
} from '../../src-main/otlp/span-target.ts';
import { trustedCertificates } from '../../src-main/requests/certificates.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../failure.ts';

/**
 * The collector that spans go to: `--endpoint`, or what the environment says as OpenTelemetry has it.
 * @throws UsageError where nobody says it
 */
export function collectorOf({ console, values }: Call): string {
  const { env } = console;
  const traces = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const all = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const said =
    values.value('endpoint') ?? traces ?? (all && `${all.replace(/\/+$/, '')}/v1/traces`);
  if (said) return said;
  throw new UsageError(
    'The collector is missing: --endpoint URL.',
    'OTEL_EXPORTER_OTLP_ENDPOINT of the environment says it as well.',
  );
}

/** Sends a span for each capture. @throws Refusal as `sendSpans` */
export async function sendCaptures(
  { console, values }: Call,
  captures: readonly ExportCapture[],
  redaction: RedactionOptions,
  url: string,
): Promise<SentSpans> {
  const warn = (message: string) => console.stderr.line(`deltascope: ${message}`);
  const ca = trustedCertificates(console.env, warn);
  const spans = await spansOf(captures, { redaction, content: values.flag('content') });
  const headers = headersOfEnvironment(console.env);
  const target = {
    ...{ url, headers, protocol: 'protobuf' as const },
    ...{ serviceName: DEFAULT_SERVICE_NAME, timeoutMs: DEFAULT_TIMEOUT_MS },
  };
  return sendSpans(spans, target, { ca });
}
