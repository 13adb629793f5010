import type { CaptureMeta } from '../capture.ts';
import type { EventIndex } from '../index/event-index.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { contentAttributes } from './content.ts';
import { providerOf } from './provider.ts';
import { requestAttributes } from './request-attributes.ts';
import { responseAttributes } from './response-attributes.ts';
import { askedFor } from './asked-for.ts';
import { failureOf } from './failure.ts';
import { finishReasons } from './finish-reasons.ts';
import { type TraceParent, traceParent } from './trace-parent.ts';

/** A capture that was read to its end. */
export interface SpannedCapture {
  meta: CaptureMeta;
  index: EventIndex;
  /** The parsed data of an event, undefined where it is not JSON. */
  value(seq: number): JsonValue | undefined;
  /** The object that the stream amounts to after an event. */
  snapshotAt(seq: number): JsonObject | null;
}

export type AttributeValue = string | number | boolean | string[];
export type Attributes = Record<string, AttributeValue>;

/** Seconds and nanoseconds since 1970, UTC. */
export type SpanTime = [seconds: number, nanoseconds: number];

/** Everything that is said of a request and its response in one OpenTelemetry span of kind CLIENT. */
export interface SpanFacts {
  /** The capture's id, which the ids of span and trace are made of. */
  capture: string;
  name: string;
  start: SpanTime;
  end: SpanTime;
  attributes: Attributes;
  /** Why the operation failed; null where it did not, and the status stays unset. */
  error: string | null;
  /** The span of the client, where its request named one (`traceparent`). */
  parent: TraceParent | null;
}

export interface SpanOptions {
  /** Whether messages, instructions and tools are attributes as well. */
  content: boolean;
}

/**
 * The span of a capture by the semantic conventions of OpenTelemetry for generative AI (see
 * `docs/opentelemetry.md`). Where a capture holds several responses, it is about the last one. What is
 * not known is left out. Never throws, whatever the request or the stream holds.
 */
export function spanFacts(capture: SpannedCapture, { content }: SpanOptions): SpanFacts {
  const { meta, index } = capture;
  const asked = askedFor(meta, index);
  const root = index.count === 0 ? null : capture.snapshotAt(index.count - 1);
  const provider = providerOf(asked, index);
  const failure = failureOf(capture, root);
  const finished = finishReasons(asked.dialect, root, failure !== null);
  const attributes: Attributes = {
    'gen_ai.operation.name': asked.operation,
    'gen_ai.provider.name': provider,
    ...requestAttributes(asked, provider),
    ...responseAttributes(asked, root, provider),
    ...(finished.length > 0 && { 'gen_ai.response.finish_reasons': finished }),
    ...firstChunk(capture),
    ...(failure && { 'error.type': failure.type }),
    ...(content && contentAttributes(asked, root, finished)),
  };
  const { start, end } = timesOf(capture);
  return {
    capture: meta.id,
    name: asked.model === '' ? asked.operation : `${asked.operation} ${asked.model}`,
    start,
    end,
    attributes,
    error: failure?.message ?? null,
    parent: traceParent(meta.request),
  };
}

/** Only where times were recorded: those that are made up say nothing. */
function firstChunk({ meta, index }: SpannedCapture): Attributes {
  const timeUs = meta.timed && index.count > 0 ? index.columns.timeUs[0]! : null;
  return timeUs === null ? {} : { 'gen_ai.response.time_to_first_chunk': timeUs / 1e6 };
}

/** From the request to the end of the transport, or to the last event where nobody saw an end. */
function timesOf({ meta, index }: SpannedCapture): { start: SpanTime; end: SpanTime } {
  const at = Date.parse(meta.createdAt);
  const startUs = BigInt(Number.isFinite(at) ? Math.max(0, at) : 0) * 1000n;
  const last = meta.timed && index.count > 0 ? index.columns.timeUs[index.count - 1]! : 0;
  const durationUs = Math.max(0, Math.round(meta.end?.atUs ?? 0), Math.round(last));
  return { start: spanTime(startUs), end: spanTime(startUs + BigInt(durationUs)) };
}

/** @param us microseconds since 1970, which a number of nanoseconds could not hold exactly */
function spanTime(us: bigint): SpanTime {
  return [Number(us / 1_000_000n), Number(us % 1_000_000n) * 1000];
}
