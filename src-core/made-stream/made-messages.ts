import { type JsonObject, parseJson, stringOf } from '../json.ts';
import type { MadeStream } from './made-stream.ts';
import { madeText } from './made-text.ts';

/** A stream of Anthropic's Messages and what it amounts to. */
export interface MadeMessage {
  events: (JsonObject & { type: string })[];
  /** The answer of a request without `stream`. */
  message: JsonObject;
}

/**
 * The events of a message with one content block (protocol: other dialects), as Anthropic's server sends
 * them: the recording `messages-tool-use.sse` is its model. Refusals are texts there, told by the reason
 * why the message stopped.
 */
export function madeMessage(made: MadeStream): MadeMessage {
  const { output, request, id, inputTokens } = made;
  const limit = typeof request.max_tokens === 'number' ? request.max_tokens : Infinity;
  const said = madeText(made, limit);
  const isCall = output.kind === 'call';
  const usage = (outputTokens: number): JsonObject => ({
    input_tokens: inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: outputTokens,
  });
  const message = (content: JsonObject[], reason: string | null, tokens: number): JsonObject => ({
    id: `msg_${id.slice(0, 24)}`,
    type: 'message',
    role: 'assistant',
    model: stringOf(request.model),
    content,
    stop_reason: reason,
    stop_sequence: null,
    usage: usage(tokens),
  });
  const done = { text: 'end_turn', refusal: 'refusal', call: 'tool_use' }[output.kind];
  const reason = said.isCut ? 'max_tokens' : done;
  const tool: JsonObject = {
    type: 'tool_use',
    id: `toolu_${id.slice(0, 24)}`,
    name: isCall ? output.name : '',
    input: {},
  };
  const input = isCall ? parseJson(said.text) : undefined;
  const delta = (piece: string): JsonObject =>
    isCall
      ? { type: 'input_json_delta', partial_json: piece }
      : { type: 'text_delta', text: piece };
  return {
    events: [
      // The first event counts what was written by then.
      { type: 'message_start', message: message([], null, 1) },
      {
        type: 'content_block_start',
        index: 0,
        content_block: isCall ? tool : { type: 'text', text: '' },
      },
      { type: 'ping' },
      ...(isCall ? ['', ...said.deltas] : said.deltas).map((piece) => ({
        type: 'content_block_delta',
        index: 0,
        delta: delta(piece),
      })),
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: reason, stop_sequence: null },
        usage: usage(said.outputTokens),
      },
      { type: 'message_stop' },
    ],
    message: message(
      [
        isCall
          ? // A call that was cut has no input that could be read.
            { ...tool, input: input === undefined ? {} : input }
          : { type: 'text', text: said.text },
      ],
      reason,
      said.outputTokens,
    ),
  };
}

/** The same as a server sends it: `event: <type>`, `data: <JSON>`, a blank line. */
export function messagesText({ events }: MadeMessage): string {
  return events.map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`).join('');
}
