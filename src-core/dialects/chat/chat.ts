import { isObject, type JsonObject, stringOf } from '../../json.ts';
import type { Dialect, LanePlace, Usage } from '../dialect.ts';
import { countOf, objectsOf } from '../facts.ts';
import { choiceAt, messageAt, toolCallAt } from './choices.ts';
import { chatKindOf, chatSummary, chatTypeOf } from './events.ts';
import { reduceChat } from './reduce.ts';

/** Chat Completions, as OpenAI and many others send it, and text completions before it. */
export const chat: Dialect = {
  id: 'chat',
  title: 'Chat Completions',
  endsWith: 'a finish_reason, and [DONE],',
  recognise,
  typeOf: chatTypeOf,
  kindOf: chatKindOf,
  summary: chatSummary,
  reduce: reduceChat,
  usage: usageOf,
  itemOf,
};

/** Some servers leave `object` out (z.ai) or empty (Azure's first frame). */
function recognise(event: JsonObject): 0 | 1 | 2 {
  const object = stringOf(event.object);
  if (object.startsWith('chat.completion')) return 2;
  if (!Array.isArray(event.choices)) return 0;
  if (object === 'text_completion') return 2;
  if (objectsOf(event.choices).some(({ delta }) => isObject(delta))) return 2;
  return 'id' in event || 'model' in event ? 1 : 0;
}

function usageOf(root: JsonObject | null): Usage | null {
  const usage = root?.usage;
  if (!isObject(usage)) return null;
  const input = isObject(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const output = isObject(usage.completion_tokens_details) ? usage.completion_tokens_details : {};
  return {
    input: countOf(usage.prompt_tokens),
    output: countOf(usage.completion_tokens),
    total: countOf(usage.total_tokens),
    cached: countOf(input.cached_tokens) ?? countOf(usage.prompt_cache_hit_tokens),
    reasoning: countOf(output.reasoning_tokens),
  };
}

/** The tool call of arguments, else the choice's message. */
function itemOf(root: JsonObject, lane: LanePlace): JsonObject | null {
  if (choiceAt(root, lane.outputIndex) === null) return null;
  const isCall = lane.kind === 'function_arguments' || lane.kind === 'custom_input';
  return isCall && lane.subIndex >= 0
    ? toolCallAt(root, lane.outputIndex, lane.subIndex)
    : messageAt(root, lane.outputIndex);
}
