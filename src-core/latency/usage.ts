import { dialectOf } from '../dialects/dialects.ts';
import type { EventIndex } from '../index/event-index.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { responseIn } from '../responses/event-types.ts';

/** Tokens as the server counted them. */
export interface Usage {
  inputTokens: number | null;
  outputTokens: number;
  /** Part of the output tokens; null where the server does not tell. */
  reasoningTokens: number | null;
}

/**
 * What `response.usage` of the events that end responses says: `output_tokens`, and of these
 * `output_tokens_details.reasoning_tokens`. Sums where a capture holds several responses; null where
 * one of them does not tell.
 */
export function usageOf(endings: readonly (JsonValue | undefined)[]): Usage | null {
  let sum: Usage | null = null;
  for (const event of endings) {
    const response = isObject(event) ? responseIn(event) : undefined;
    const usage = isObject(response) ? response.usage : undefined;
    const outputTokens = isObject(usage) ? countOf(usage.output_tokens) : null;
    if (!isObject(usage) || outputTokens === null) return null;
    const details = usage.output_tokens_details;
    const own: Usage = {
      inputTokens: countOf(usage.input_tokens),
      outputTokens,
      reasoningTokens: isObject(details) ? countOf(details.reasoning_tokens) : null,
    };
    sum = sum ? plus(sum, own) : own;
  }
  return sum;
}

/**
 * What the responses of a capture report in the end, in any dialect; of the first `most` of them. Null
 * where one of them does not tell.
 */
export function usageOfCapture(
  index: EventIndex,
  capture: { snapshotAt(seq: number): JsonObject | null },
  most: number,
): Usage | null {
  let sum: Usage | null = null;
  for (const seq of index.responseEnds(most)) {
    const own = usageAt(index, capture, seq);
    if (!own) return null;
    sum = sum ? plus(sum, own) : own;
  }
  return sum;
}

/** What the response of an event has reported up to it; null where that is not the output. */
export function usageAt(
  index: EventIndex,
  capture: { snapshotAt(seq: number): JsonObject | null },
  seq: number,
): Usage | null {
  const counts = dialectOf(index.dialect).usage(capture.snapshotAt(seq));
  if (!counts || counts.output === null) return null;
  const { input, output, reasoning } = counts;
  return { inputTokens: input, outputTokens: output, reasoningTokens: reasoning };
}

function plus(a: Usage, b: Usage): Usage {
  return {
    inputTokens: both(a.inputTokens, b.inputTokens),
    outputTokens: a.outputTokens + b.outputTokens,
    reasoningTokens: both(a.reasoningTokens, b.reasoningTokens),
  };
}

function both(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
