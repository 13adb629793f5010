import type { CapturedRequest } from '../capture.ts';

/** The span that a request belongs to, by the Trace Context recommendation of the W3C. */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
}

const TRACE_PARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/;

/** What the `traceparent` header of a request names; null where there is none, or it is not valid. */
export function traceParent(request: CapturedRequest | null): TraceParent | null {
  const header = request?.headers.find(([name]) => name.toLowerCase() === 'traceparent')?.[1] ?? '';
  const [, version, traceId, spanId] = TRACE_PARENT.exec(header.trim()) ?? [];
  if (!traceId || !spanId || version === 'ff') return null;
  // Only zeros are valid in neither.
  return /[^0]/.test(traceId) && /[^0]/.test(spanId) ? { traceId, spanId } : null;
}
