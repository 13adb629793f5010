import { createHash } from 'node:crypto';
import type { SpanFacts } from '../../src-core/otel/span-facts.ts';

export interface SpanIds {
  traceId: string;
  spanId: string;
}

/**
 * The ids of a capture's span: the same each time, so that a collector can tell a span that is sent again
 * from another one.
 */
export function idsOf({ capture, start }: SpanFacts): SpanIds {
  const digest = createHash('sha256')
    .update(`${capture} ${start.join(' ')}`)
    .digest('hex');
  return { traceId: digest.slice(0, 32), spanId: digest.slice(32, 48) };
}
