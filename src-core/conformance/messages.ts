import { isObject, parseJson, stringOf } from '../json.ts';
import { fitsBlock, type MessagesFacts } from './messages-facts.ts';
import type { Rule } from './rule.ts';
import { phrase } from './wording.ts';

const messages = { dialects: ['messages'] } as const;
const guide = 'Anthropic’s guide "Streaming messages", event types';
const client = 'The `@anthropic-ai/sdk` package (1.12)';

const STOPS = new Set([
  ...['end_turn', 'max_tokens', 'stop_sequence', 'tool_use', 'pause_turn', 'refusal'],
  ...['model_context_window_exceeded', 'compaction'],
]);

/** Anthropic Messages. */
export const MESSAGES_RULES: readonly Rule<MessagesFacts>[] = [
  {
    ...messages,
    id: 'A1',
    title: 'message_start comes first, and once',
    level: 'must',
    severity: 'error',
    basis: `${guide}: each stream begins with \`message_start\`. All recordings of Anthropic.`,
    clients: `${client} drops what comes before it, and throws \`Unexpected event order\` where it comes again.`,
    explanation:
      'The stream begins with something else (a recording may have been begun late), or a message begins before the one before it was over.',
    checks: {
      every({ events, type }, report) {
        if (events > 0 || type === 'message_start' || type === 'ping' || type === 'error') return;
        report(`expected message_start first, got ${phrase(type)}`);
      },
      start({ hasStart, events }, report) {
        if (hasStart || events > 0) report('message_start comes again.');
      },
    },
  },
  {
    ...messages,
    id: 'A2',
    title: 'blocks are numbered 0, 1, 2 …',
    level: 'must',
    severity: 'error',
    basis: `${guide}: \`index\` is the index in the final content. All recordings of Anthropic.`,
    clients: `${client} appends each block, and then writes deltas to the one at their index: into another one, if any.`,
    explanation: 'A block begins with another index than the next, or with none.',
    checks: {
      'block-start'({ index, next, event, isJoined }, report) {
        if (isJoined && next === 0) return;
        if (index < 0) report(`A block begins with the index ${phrase(event.index)}.`);
        else if (index !== next) report(`expected block ${next} next, got ${index}`);
      },
    },
  },
  {
    ...messages,
    id: 'A3',
    title: 'one block at a time, and each is closed',
    level: 'must',
    severity: 'error',
    basis: `${guide}: start, deltas and stop of each block follow one another. All recordings of Anthropic.`,
    clients: `${client} tells the end of a block only at its stop: tool input of an open block stays unread.`,
    explanation: 'A block begins, or the message ends, while another block is open.',
    checks: {
      'block-start'({ open }, report) {
        if (open) report(`A block begins while block ${open.index} is open.`);
      },
      'message-delta'({ open }, report) {
        if (open) report(`message_delta comes while block ${open.index} is open.`);
      },
    },
  },
  {
    ...messages,
    id: 'A4',
    title: 'deltas and stops are of the open block',
    level: 'must',
    severity: 'error',
    basis: `${guide}. All recordings of Anthropic.`,
    clients: `${client} ignores a delta without its block; one that is over it changes once more.`,
    explanation: 'A delta or a stop names a block that was never begun, or is closed already.',
    checks: {
      delta(facts, report) {
        const { block, index, event, isJoined } = facts;
        if (block?.isOpen) return;
        if (!block && isJoined) return;
        if (!block) report(`The delta is of block ${phrase(event.index)}, which was not begun.`);
        else if (facts.once(`closed ${index}`))
          report(`The delta is of block ${index}, which is closed.`);
      },
      'block-stop'({ block, event, isJoined }, report) {
        if (!block && !isJoined)
          report(`The stop is of block ${phrase(event.index)}, which was not begun.`);
        else if (block && !block.isOpen) report(`Block ${block.index} is closed a second time.`);
      },
    },
  },
  {
    ...messages,
    id: 'A5',
    title: 'a delta fits its block',
    level: 'must',
    severity: 'error',
    basis: `${guide}, and the types of the SDK: text and citations into text, thinking and signatures into thinking, input into calls.`,
    clients: `${client} ignores a delta that does not fit: its text is lost.`,
    explanation:
      'A delta of one kind comes for a block of another. Deltas of kinds that are not known are left alone.',
    checks: {
      delta({ delta, block }, report) {
        const type = stringOf(delta.type);
        if (block && !fitsBlock(type, block.type))
          report(
            `${type} comes for block ${block.index}, which is of the type ${phrase(block.type)}.`,
          );
      },
    },
  },
  {
    ...messages,
    id: 'A6',
    title: 'message_delta tells why it ended, before message_stop',
    level: 'must',
    severity: 'error',
    basis: `${guide}: then one or more \`message_delta\`, then \`message_stop\`. All recordings of Anthropic.`,
    clients: `${client} leaves \`stop_reason\` null without it, so that a program can't tell an end from a cut.`,
    explanation: 'The message stops and no stop_reason has come, or a block comes after it.',
    checks: {
      stop({ stopReason, isJoined, isStopped, hasDelta }, report) {
        if (stopReason !== '' || isStopped || (isJoined && !hasDelta)) return;
        report('message_stop comes, but no stop_reason has.');
      },
      'block-start'({ hasDelta }, report) {
        if (hasDelta) report('A block begins after message_delta.');
      },
    },
  },
  {
    ...messages,
    id: 'A7',
    title: 'message_stop comes, and is the last',
    level: 'must',
    severity: 'error',
    basis: `${guide}: the stream ends with \`message_stop\`. All recordings of Anthropic. It has no \`[DONE]\`.`,
    clients: `${client} gives what it has when the connection closes, without a word. Others wait for the stop.`,
    explanation:
      'The stream ends without it (it was cut off), or something follows it. A `[DONE]`, as gateways add it, is a note.',
    checks: {
      every({ isStopped, type }, report) {
        if (isStopped && type !== 'ping') report(`${phrase(type)} comes after message_stop.`);
      },
      done(_facts, report) {
        report('[DONE] comes, which the protocol does not have.', 'note');
      },
      end({ isStopped, isFailed, events }, report) {
        if (!isStopped && !isFailed && events > 0) report('The stream ends without message_stop.');
      },
    },
  },
  {
    ...messages,
    id: 'A8',
    title: 'tool input is JSON when its block is over',
    level: 'must',
    severity: 'error',
    basis: `${guide}: the deltas are parts of the JSON of an object, parsed at the stop. All recordings of Anthropic.`,
    clients: `${client} reads what can be read of it, and gives a partial object.`,
    explanation:
      'The fragments together are no JSON object. Where the message ended by `max_tokens` the block is cut, too. Empty input counts as {}.',
    checks: {
      'block-stop'({ block, index, textOf }, report) {
        if (!block?.isOpen || !block.hasInput) return;
        const kind = block.type === 'mcp_tool_use' ? 'mcp_arguments' : 'function_arguments';
        const text = textOf(kind, index, -1);
        if (text === null || text === '' || isObject(parseJson(text))) return;
        report(`The input of block ${index} is no JSON object: ${phrase(text)}.`);
      },
    },
  },
  {
    ...messages,
    id: 'A9',
    title: 'counts of tokens do not go back',
    level: 'must',
    severity: 'warning',
    basis: `${guide}: the counts in \`message_delta\` are cumulative. All recordings of Anthropic.`,
    clients: `${client} takes the newest count.`,
    explanation: 'A later event counts fewer output tokens than one before it.',
    checks: {
      'message-delta'(facts, report) {
        const count = facts.countOf(facts.event.usage);
        if (count !== null && count < facts.outputTokens)
          report(`${count} output tokens after ${facts.outputTokens}`);
      },
    },
  },
  {
    ...messages,
    id: 'A10',
    title: 'thinking ends with a signature',
    level: 'must',
    severity: 'warning',
    basis:
      'Anthropic’s guide "Extended thinking", streaming: a `signature_delta` comes before the stop. All recordings of Anthropic.',
    clients:
      'A message that is sent back with thinking that has no signature is refused by Anthropic’s API.',
    explanation: 'A thinking block stops and has none, as gateways to other models send it.',
    checks: {
      'block-stop'({ block }, report) {
        if (block?.isOpen && block.type === 'thinking' && !block.hasSignature)
          report(`Thinking block ${block.index} has no signature.`);
      },
    },
  },
  {
    ...messages,
    id: 'A11',
    title: 'a message begins empty',
    level: 'must',
    severity: 'warning',
    basis: `${guide}: \`message_start\` has a message with empty content. All recordings of Anthropic.`,
    clients: `${client} keeps what it has and appends blocks behind it, so that indexes no longer agree.`,
    explanation: 'The message of `message_start` has content, or a stop_reason.',
    checks: {
      start({ event }, report) {
        const message = isObject(event.message) ? event.message : {};
        const { content, stop_reason: reason } = message;
        if (Array.isArray(content) && content.length > 0)
          report(`The message begins with ${content.length} blocks.`);
        else if (reason !== null && reason !== undefined)
          report(`The message begins with the stop_reason ${phrase(reason)}.`);
      },
    },
  },
  {
    ...messages,
    id: 'A12',
    title: 'the stop_reason is a documented one',
    level: 'must',
    severity: 'warning',
    basis: 'Anthropic’s API reference, `stop_reason`.',
    clients: `${client} passes it on.`,
    explanation: 'The message ends for another reason.',
    checks: {
      'message-delta'({ delta }, report) {
        const reason = stringOf(delta.stop_reason);
        if (reason !== '' && !STOPS.has(reason))
          report(`The message has the stop_reason ${phrase(reason)}.`);
      },
    },
  },
  {
    ...messages,
    id: 'A13',
    title: 'nothing follows an error',
    level: 'observed',
    severity: 'warning',
    basis: 'Reports of streams with `overloaded_error`: the connection closes after it.',
    clients: `${client} throws at the error; what follows is not read.`,
    explanation: 'An event comes after an error. Told once.',
    checks: {
      every(facts, report) {
        if (facts.isFailed && facts.type !== 'ping' && facts.once('failed'))
          report(`${phrase(facts.type)} comes after an error.`);
      },
    },
  },
  {
    ...messages,
    id: 'A14',
    title: 'the event name is the type',
    level: 'must',
    severity: 'error',
    basis: `${guide}: each frame has a name that is the \`type\` of its data. All recordings of Anthropic.`,
    clients: `${client} drops a frame without a name, and takes one for an error or a ping by its name alone.`,
    explanation:
      'A frame has no name, or another one than the type in its data. A missing name is told once.',
    checks: {
      every(facts, report) {
        const { name, type } = facts;
        if (name === null || name === type || type === '') return;
        if (name !== '')
          report(`The frame is named ${phrase(name)}, the data has the type ${type}.`);
        else if (facts.once('name'))
          report(`The frame has no event name; the data has the type ${type}.`);
      },
    },
  },
];
