import { isObject, type JsonValue } from '../json.ts';

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
    const response = isObject(event) ? event.response : undefined;
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
