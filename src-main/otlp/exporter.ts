import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { SpanFacts } from '../../src-core/otel/span-facts.ts';
import { type Attempts, watchedAgent } from './attempts.ts';
import { sendingFailure } from './sending-failure.ts';
import type { SendOptions } from './send-spans.ts';
import { idsOf, type SpanIds } from './span-ids.ts';
import type { SpanTarget } from './span-target.ts';

/** What a collector said to a batch that it took. */
export interface BatchAnswer {
  rejected: number;
  notes: string[];
}

/** Sends a batch; one at a time in the process. @throws Refusal as `sendSpans` */
export async function sendBatch(
  batch: readonly SpanFacts[],
  target: SpanTarget,
  { ca = null, signal }: SendOptions,
): Promise<BatchAnswer> {
  const spans = readableSpans(batch, target.serviceName);
  const url = new URL(target.url);
  const { agent, attempts } = watchedAgent(url, ca, target.headers);
  const Exporter = target.protocol === 'json' ? JsonExporter : ProtobufExporter;
  const exporter = new Exporter({
    url: target.url,
    headers: Object.fromEntries(target.headers),
    timeoutMillis: target.timeoutMs,
    httpAgentOptions: () => agent,
  });
  const answer: BatchAnswer = { rejected: 0, notes: [] };
  const stopListening = listenTo(answer);
  try {
    await exported(exporter, spans, attempts, signal);
    return answer;
  } catch (error) {
    throw sendingFailure(error, attempts, target);
  } finally {
    attempts.stop();
    stopListening();
  }
}

/** Resolves when the collector has taken them, rejects with what the packages or the network say. */
function exported(
  exporter: Pick<JsonExporter, 'export'>,
  spans: ReadableSpan[],
  attempts: Attempts,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new DOMException('Stopped', 'AbortError'));
    if (signal?.aborted) return cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    // The packages try again for as long as there is time; a person wants to know at once.
    attempts.broken = reject;
    exporter.export(spans, ({ error, code }) => {
      signal?.removeEventListener('abort', cancel);
      if (code === 0) resolve();
      else reject(error ?? new Error('The spans could not be sent.'));
    });
  });
}

/** Makes spans by the SDK, none of whose settings come from the environment. */
function readableSpans(batch: readonly SpanFacts[], serviceName: string): ReadableSpan[] {
  const finished = new InMemorySpanExporter();
  let ids: SpanIds = { traceId: '', spanId: '' };
  const provider = new BasicTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': serviceName })),
    sampler: new AlwaysOnSampler(),
    spanLimits: { attributeCountLimit: 128, attributeValueLengthLimit: Infinity },
    idGenerator: { generateTraceId: () => ids.traceId, generateSpanId: () => ids.spanId },
    spanProcessors: [new SimpleSpanProcessor(finished)],
  });
  const tracer = provider.getTracer('deltascope');
  for (const facts of batch) {
    ids = idsOf(facts);
    const parent = facts.parent && {
      ...facts.parent,
      traceFlags: TraceFlags.SAMPLED,
      isRemote: true,
    };
    const span = tracer.startSpan(
      facts.name,
      { kind: SpanKind.CLIENT, startTime: facts.start, attributes: facts.attributes },
      parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT,
    );
    if (facts.error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: facts.error });
    span.end(facts.end);
  }
  return finished.getFinishedSpans();
}

/** The one place where the packages tell what a collector refused: their log. */
function listenTo(answer: BatchAnswer): () => void {
  const warn = (message: string, ...more: unknown[]) => {
    if (/^Received Partial Success/i.test(message)) readPartialSuccess(String(more[0]), answer);
    else if (/deserialize|Failed to parse/i.test([message, ...more].join(' ')))
      answer.notes.push(
        'The server accepted the request, but does not answer as a collector does. Check the URL.',
      );
  };
  const silent = () => undefined;
  diag.setLogger(
    { error: silent, warn, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return () => diag.disable();
}

function readPartialSuccess(json: string, answer: BatchAnswer): void {
  let said: { rejectedSpans?: unknown; errorMessage?: unknown };
  try {
    said = JSON.parse(json) as typeof said;
  } catch {
    return;
  }
  const rejected = Number(said.rejectedSpans ?? 0);
  if (Number.isSafeInteger(rejected) && rejected > 0) answer.rejected += rejected;
  const message = typeof said.errorMessage === 'string' ? said.errorMessage.trim() : '';
  if (message !== '') answer.notes.push(`The collector said: ${message.slice(0, 500)}`);
}
