import { isObject, type JsonValue } from '../json.ts';

/**
 * Members of events that differ in every run, wherever they stand: ids that a server makes, times, numbers
 * of events, padding, signatures and encrypted texts, log probabilities. See `docs/compare.md`.
 */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'id',
  'item_id',
  'call_id',
  'tool_call_id',
  'tool_use_id',
  'response_id',
  'responseId',
  'previous_response_id',
  'container_id',
  'approval_request_id',
  'request_id',
  'event_id',
  'sequence_number',
  'obfuscation',
  'created_at',
  'completed_at',
  'expires_at',
  'createTime',
  'encrypted_content',
  'signature',
  'thoughtSignature',
  'thought_signature',
  'logprobs',
  'logprobsResult',
  'avgLogprobs',
]);

/**
 * Members of an event, or of the response or message directly in it, that say of every event, or of the end,
 * what the table of a comparison says once: model, tier, usage, the server's own times.
 */
export const LEFT_OUT_OF_ENVELOPE: ReadonlySet<string> = new Set([
  'created',
  'model',
  'modelVersion',
  'service_tier',
  'system_fingerprint',
  'provider',
  'usage',
  'usageMetadata',
  'x_groq',
  'timings',
  'total_duration',
  'load_duration',
  'prompt_eval_count',
  'prompt_eval_duration',
  'eval_count',
  'eval_duration',
]);

/** Envelopes: the event itself, and what stands directly in it. */
const ENVELOPE_DEPTH = 1;
/** A value that is nested deeper is compared by its JSON text. */
const DEEPEST = 100;

function isLeftOut(name: string, depth: number): boolean {
  return LEFT_OUT.has(name) || (depth <= ENVELOPE_DEPTH && LEFT_OUT_OF_ENVELOPE.has(name));
}

/** A value without what differs in every run. Shares what has nothing of it. */
export function withoutLeftOut(value: JsonValue, depth = 0): JsonValue {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((one) => withoutLeftOut(one, depth + 1));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !isLeftOut(name, depth));
  return Object.fromEntries(
    kept.map(([name, one]) => [name, withoutLeftOut(one ?? null, depth + 1)]),
  );
}

/**
 * What an event says, as a text to compare by: without what differs in every run, with the keys of objects
 * in one order. Null where it is nested too deeply.
 * @param fragment a text that is compared by itself: strings that are this one count as empty
 */
export function contentOf(value: JsonValue, fragment: string | null, depth = 0): string | null {
  if (value === null || typeof value !== 'object')
    return JSON.stringify(value === fragment ? '' : value);
  if (depth > DEEPEST) return null;
  const parts: string[] = [];
  if (Array.isArray(value))
    for (const one of value) {
      const text = contentOf(one, fragment, depth + 1);
      if (text === null) return null;
      parts.push(text);
    }
  else
    for (const name of Object.keys(value).sort()) {
      if (isLeftOut(name, depth)) continue;
      const text = contentOf(value[name] ?? null, fragment, depth + 1);
      if (text === null) return null;
      parts.push(`${JSON.stringify(name)}:${text}`);
    }
  return Array.isArray(value) ? `[${parts.join()}]` : `{${parts.join()}}`;
}
