import { isObject, type JsonObject, stringOf } from '../../json.ts';
import type { Dialect, LanePlace, Usage } from '../dialect.ts';
import { indexOf } from '../../responses/router.ts';
import { countOf, sumOf } from '../facts.ts';
import { blockAt } from './blocks.ts';
import { messagesKindOf, messagesSummary, messagesTypeOf } from './events.ts';
import { reduceMessages } from './reduce.ts';

/** Anthropic Messages, of Anthropic itself and of the gateways that speak it. */
export const messages: Dialect = {
  id: 'messages',
  title: 'Anthropic Messages',
  endsWith: 'message_stop',
  recognise,
  typeOf: messagesTypeOf,
  kindOf: messagesKindOf,
  summary: messagesSummary,
  reduce: reduceMessages,
  itemIndex: (event) => indexOf(event.index),
  usage: usageOf,
  itemOf,
};

function recognise(event: JsonObject): 0 | 1 | 2 {
  switch (event.type) {
    case 'message_start':
      return isObject(event.message) ? 2 : 0;
    case 'content_block_start':
      return isObject(event.content_block) ? 2 : 0;
    case 'content_block_delta':
      return isObject(event.delta) ? 2 : 0;
    case 'content_block_stop':
      return 1;
    case 'message_delta':
      return isObject(event.delta) && 'stop_reason' in event.delta ? 2 : 0;
    case 'message_stop':
      return 1;
    case 'error': {
      // OpenAI's has a code and a param, and on a socket a status.
      const { error } = event;
      const isPlain = isObject(error) && !('code' in error) && !('param' in error);
      return isPlain && !('status' in event) && /_error$/.test(stringOf(error.type)) ? 1 : 0;
    }
    default:
      return 0;
  }
}

/** What was read from or written to the cache is counted beside `input_tokens`, not in them. */
function usageOf(root: JsonObject | null): Usage | null {
  const usage = root?.usage;
  if (!isObject(usage)) return null;
  const details = isObject(usage.output_tokens_details) ? usage.output_tokens_details : {};
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens } = usage;
  return {
    input: sumOf(input_tokens, cache_creation_input_tokens, cache_read_input_tokens),
    output: countOf(usage.output_tokens),
    total: null,
    cached: countOf(cache_read_input_tokens),
    reasoning: countOf(details.thinking_tokens),
  };
}

function itemOf(root: JsonObject, lane: LanePlace): JsonObject | null {
  return blockAt(root, lane.outputIndex);
}
