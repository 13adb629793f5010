import { isObject, type JsonObject, stringOf } from '../../json.ts';
import { isWholeResponse, kindOf, ruleOf, WHOLE_RESPONSE } from '../../responses/event-types.ts';
import { summaryOf } from '../../summary.ts';
import type { Dialect, LanePlace, Usage } from '../dialect.ts';
import { ownTypeOrError } from '../plain/plain.ts';

/**
 * The Responses API and its kin (Open Responses, Azure, xAI ...). It has readers of its own, since it
 * announces every change: `ResponseLanes` in the indexer, `Fold` for snapshots. So nothing is left
 * for `reduce`, which neither of them calls.
 */
export const responses: Dialect = {
  id: 'responses',
  title: 'OpenAI Responses',
  endsWith: 'response.completed, response.failed or response.incomplete',
  recognise,
  typeOf: (value, name, text) =>
    isObject(value) && isWholeResponse(value) ? WHOLE_RESPONSE : ownTypeOrError(value, name, text),
  kindOf,
  summary: summaryOf,
  reduce: () => {},
  usage,
  itemOf,
};

function recognise(event: JsonObject, name: string): 0 | 1 | 2 {
  const type = typeof event.type === 'string' ? event.type : name;
  if (type.startsWith('response.')) return 2;
  if (ruleOf(type) === undefined) return 0;
  // `error` and `keepalive` are names that others use as well; Anthropic's error has a type and no code.
  const { error } = event;
  const isOther = isObject(error) && /_error$/.test(stringOf(error.type));
  if (isOther && !('code' in error) && !('param' in error) && !('sequence_number' in event))
    return 0;
  return typeof event.sequence_number === 'number' ? 2 : 1;
}

function usage(root: JsonObject | null): Usage | null {
  const counts = root?.usage;
  if (!isObject(counts)) return null;
  const { input_tokens_details: input, output_tokens_details: output } = counts;
  return {
    input: countOf(counts.input_tokens),
    output: countOf(counts.output_tokens),
    total: countOf(counts.total_tokens),
    cached: isObject(input) ? countOf(input.cached_tokens) : null,
    reasoning: isObject(output) ? countOf(output.reasoning_tokens) : null,
  };
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function itemOf(root: JsonObject, { outputIndex }: LanePlace): JsonObject | null {
  const item = Array.isArray(root.output) ? root.output[outputIndex] : undefined;
  return isObject(item) ? item : null;
}
