import type { SpanFacts, SpanTime } from '../../src-core/otel/span-facts.ts';
import { idsOf } from '../otlp/span-ids.ts';

/** Spans as a person reads them before they are sent: JSON, with times as ISO 8601 in UTC. */
export function spanText(spans: readonly SpanFacts[]): string {
  const shown = spans.map((facts) => {
    const { traceId, spanId } = idsOf(facts);
    const { parent, error } = facts;
    return {
      name: facts.name,
      kind: 'CLIENT',
      traceId: parent?.traceId ?? traceId,
      spanId,
      ...(parent && { parentSpanId: parent.spanId }),
      start: timeText(facts.start),
      end: timeText(facts.end),
      status: error === null ? 'UNSET' : { code: 'ERROR', message: error },
      attributes: facts.attributes,
    };
  });
  return `${JSON.stringify(shown.length === 1 ? shown[0] : shown, null, 2)}\n`;
}

/** To the microsecond, which is what is recorded. */
function timeText([seconds, nanoseconds]: SpanTime): string {
  const micros = String(Math.floor(nanoseconds / 1000)).padStart(6, '0');
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, `.${micros}Z`);
}
