import { parseJson, stringOf } from '../json.ts';
import { indexOf } from '../responses/router.ts';
import type { ChatFacts } from './chat-facts.ts';
import type { Rule } from './rule.ts';
import { phrase } from './wording.ts';

const chat = { dialects: ['chat'] } as const;
const helper = 'The `stream()` helper of the `openai` package (6.49)';
const reference = 'OpenAI’s API reference, "The chat completion chunk object"';

const FINISHES = new Set(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']);

/** Chat Completions. */
export const CHAT_RULES: readonly Rule<ChatFacts>[] = [
  {
    ...chat,
    id: 'C1',
    title: 'object is chat.completion.chunk',
    level: 'must',
    severity: 'warning',
    basis: `${reference}: "always \`chat.completion.chunk\`". All recordings of OpenAI.`,
    clients:
      'The `openai` and `ai` packages do not look at it. Programs that tell frames apart by it do.',
    explanation:
      'A chunk names another object, or none. Text completions name `text_completion`. Told once for each name.',
    checks: {
      chunk({ event, isText, told }, report) {
        const { object } = event;
        const expected = isText ? 'text_completion' : 'chat.completion.chunk';
        // Azure's first frame, which is about the prompt, leaves all of these empty.
        if (object === expected || 'prompt_filter_results' in event) return;
        const key = `object ${stringOf(object)}`;
        if (told.has(key)) return;
        told.add(key);
        report(`expected the object ${expected}, got ${phrase(object)}`);
      },
    },
  },
  {
    ...chat,
    id: 'C2',
    title: 'id and created stay',
    level: 'must',
    severity: 'error',
    basis: `${reference}: each chunk has the same id and the same timestamp. All recordings of OpenAI.`,
    clients: `${helper} takes the newest. Programs that collect chunks of several streams by id lose some.`,
    explanation:
      'A chunk has another id than the first, or none. Another `created` alone is a note: some servers stamp each chunk. Each is told once.',
    checks: {
      chunk(facts, report) {
        const { event, id, created } = facts;
        if (id === '') {
          const isAbout = Array.isArray(event.choices) && event.choices.length > 0;
          if (isAbout && stringOf(event.id) === '' && facts.once('id'))
            report('The chunk has no id.');
          return;
        }
        if (event.id !== id && facts.once('id'))
          report(`expected the id ${phrase(id)}, got ${phrase(event.id)}`);
        else if (event.created !== created && facts.once('created'))
          report(`expected created ${phrase(created)}, got ${phrase(event.created)}`, 'note');
      },
    },
  },
  {
    ...chat,
    id: 'C3',
    title: 'each choice has a finish_reason',
    level: 'observed',
    severity: 'error',
    basis:
      'All recordings of OpenAI but one of audio, which ends with the time at which it expires.',
    clients: `${helper} throws \`missing finish_reason for choice 0\`; the \`ai\` package gives \`other\`.`,
    explanation:
      'The stream ends, or `[DONE]` comes, and a choice has none: it was cut off, or the server never says. After an error nothing is asked.',
    checks: {
      done(facts, report) {
        if (facts.isFailed || facts.isDone) return;
        for (const { index, finish, isAudioOver } of facts.choices.values())
          if (finish === '' && !isAudioOver && facts.once(`finish ${index}`))
            report(`[DONE] comes, but choice ${index} has no finish_reason.`);
      },
      end(facts, report) {
        if (facts.isFailed) return;
        for (const { index, finish, isAudioOver } of facts.choices.values())
          if (finish === '' && !isAudioOver && facts.once(`finish ${index}`))
            report(`The stream ends without a finish_reason of choice ${index}.`);
      },
    },
  },
  {
    ...chat,
    id: 'C4',
    title: 'nothing follows the finish_reason of a choice',
    level: 'observed',
    severity: 'warning',
    basis: 'All recordings of OpenAI: the chunk with the finish_reason is the last of its choice.',
    clients: `${helper} goes on adding. Programs that stop at the finish_reason miss what follows.`,
    explanation:
      'A choice goes on after its finish_reason. That it only says the reason again is a note, told once: OpenRouter does, to bring the usage.',
    checks: {
      choice(facts, report) {
        const { choice, raw, delta } = facts;
        if (choice.finish === '') return;
        const says = Object.entries(delta).some(
          ([name, value]) => name !== 'role' && value !== null && value !== '',
        );
        if (says) report(`Choice ${choice.index} goes on after its finish_reason.`);
        else if (facts.once(`again ${choice.index}`))
          report(
            stringOf(raw.finish_reason) === ''
              ? `Another chunk of choice ${choice.index} follows its finish_reason.`
              : `The finish_reason of choice ${choice.index} comes again.`,
            'note',
          );
      },
    },
  },
  {
    ...chat,
    id: 'C5',
    title: '[DONE] is last',
    level: 'must',
    severity: 'warning',
    basis:
      'OpenAI’s API reference: the stream is "terminated by a `data: [DONE]` message". All recordings of OpenAI.',
    clients:
      'The `openai` package reads nothing after it and does not miss it. Programs that wait for it wait until the connection closes.',
    explanation:
      '`[DONE]` is missing, comes again, or something follows it. Cerebras, Perplexity and Writer send none. After an error it need not come.',
    checks: {
      chunk(facts, report) {
        if (facts.isDone && facts.once('after')) report('A chunk comes after [DONE].', 'error');
      },
      done({ isDone }, report) {
        if (isDone) report('[DONE] comes again.');
      },
      end({ isDone, isFailed, chunks }, report) {
        if (!isDone && !isFailed && chunks > 0) report('The stream ends without [DONE].');
      },
    },
  },
  {
    ...chat,
    id: 'C6',
    title: 'usage comes once, in a chunk of its own',
    level: 'must',
    severity: 'note',
    basis:
      'OpenAI’s API reference, `stream_options.include_usage`: one more chunk before `[DONE]` has the usage and empty choices.',
    clients: `${helper} takes the newest usage, a later null included. Programs that add up count twice what comes twice.`,
    explanation:
      'The usage comes beside choices (OpenRouter, Mistral, DeepSeek, Together), or more than once, which is a warning told once (Perplexity sends it with every chunk).',
    checks: {
      usage(facts, report) {
        const { event, usages } = facts;
        if (usages === 1) report('The usage comes again.', 'warning');
        else if (usages === 0 && Array.isArray(event.choices) && event.choices.length > 0)
          report('The usage comes beside choices.');
      },
    },
  },
  {
    ...chat,
    id: 'C7',
    title: 'a tool call has an index, and begins with id and name',
    level: 'must',
    severity: 'error',
    basis: `${reference}: \`index\` is required. All recordings of OpenAI begin a call with id, type and name.`,
    clients: `${helper} puts a call without an index where it is lost, joins calls of the same index, and throws where one has no type or name.`,
    explanation:
      'A fragment has no index; a call begins without id or name; an index leaves a gap; or a call begins under the index of another one.',
    checks: {
      call(facts, report) {
        const { call, choice } = facts;
        const inner = (call.function ?? call.custom) as { name?: unknown } | undefined;
        const name = stringOf(inner?.name);
        const id = stringOf(call.id);
        const index = indexOf(call.index);
        if (index < 0) {
          if (facts.once(`index ${choice.index}`))
            report(`A tool call has the index ${phrase(call.index)}.`);
          return;
        }
        const known = choice.calls.get(index);
        if (known === undefined) {
          if (id === '' || name === '')
            report(`Tool call ${index} begins without ${id === '' ? 'an id' : 'a name'}.`);
          else if (index > choice.calls.size)
            report(`expected tool call ${choice.calls.size} next, got ${index}`);
        } else if (id !== '' && known !== '' && id !== known)
          report(`Tool call ${index} has the id ${phrase(known)}, then ${phrase(id)}.`);
      },
    },
  },
  {
    ...chat,
    id: 'C8',
    title: 'tool arguments are JSON when the calls are over',
    level: 'observed',
    severity: 'warning',
    basis:
      'All recordings. OpenAI’s API reference warns that the model does not always write valid JSON.',
    clients: `${helper} throws a SyntaxError for strict tools; the \`ai\` package marks the call as invalid.`,
    explanation:
      'A choice ends with `tool_calls` or `stop`, and arguments of its calls are no JSON.',
    checks: {
      finish({ raw, choice, textOf }, report) {
        if (raw.finish_reason !== 'tool_calls' && raw.finish_reason !== 'stop') return;
        if (choice.finish !== '') return;
        for (const index of choice.calls.keys()) {
          const text = textOf('function_arguments', choice.index, index);
          if (text !== null && parseJson(text) === undefined)
            report(`The arguments of tool call ${index} are no JSON: ${phrase(text)}.`);
        }
      },
    },
  },
  {
    ...chat,
    id: 'C9',
    title: 'nothing follows an error',
    level: 'observed',
    severity: 'warning',
    basis: 'OpenRouter’s documentation: the stream ends after a chunk with an `error`.',
    clients: 'The `openai` package throws at the error; what follows is not read.',
    explanation: 'A chunk comes after an error. Told once.',
    checks: {
      chunk(facts, report) {
        if (facts.isFailed && facts.once('failed')) report('A chunk comes after an error.');
      },
    },
  },
  {
    ...chat,
    id: 'C10',
    title: 'a choice begins with its role',
    level: 'observed',
    severity: 'warning',
    basis: 'All recordings of OpenAI: the first delta of a choice has the role.',
    clients: `${helper} throws \`missing role for choice 0\` where none comes at all.`,
    explanation: 'The first delta of a choice that says anything has no role.',
    checks: {
      choice({ choice, delta, isText }, report) {
        if (isText || choice.hasDelta || choice.hasRole || Object.keys(delta).length === 0) return;
        if (stringOf(delta.role) === '') report(`Choice ${choice.index} begins without a role.`);
      },
    },
  },
  {
    ...chat,
    id: 'C11',
    title: 'a chunk has choices',
    level: 'must',
    severity: 'warning',
    basis: `${reference}: \`choices\` is required, and may be empty.`,
    clients: `${helper} throws \`chunk.choices is not iterable\`; the \`ai\` package reports a chunk that does not validate.`,
    explanation:
      'A chunk has no list of choices. OpenAI itself keeps a connection busy that way while it makes audio. Told once.',
    checks: {
      chunk(facts, report) {
        if (!Array.isArray(facts.event.choices) && facts.once('choices'))
          report('The chunk has no choices.');
      },
    },
  },
  {
    ...chat,
    id: 'C12',
    title: 'the finish_reason is a documented one',
    level: 'must',
    severity: 'warning',
    basis: `${reference}: \`stop\`, \`length\`, \`tool_calls\`, \`content_filter\` or \`function_call\`.`,
    clients: 'The `openai` package passes it on; the `ai` package gives `other`.',
    explanation: 'A choice ends for another reason. Together sends `eos`, OpenRouter `error`.',
    checks: {
      finish({ raw, choice }, report) {
        if (FINISHES.has(stringOf(raw.finish_reason)) || choice.finish !== '') return;
        report(`Choice ${choice.index} has the finish_reason ${phrase(raw.finish_reason)}.`);
      },
    },
  },
  {
    ...chat,
    id: 'C13',
    title: 'a choice has an index',
    level: 'must',
    severity: 'error',
    basis: `${reference}: \`index\` is required.`,
    clients: `${helper} keeps such a choice where it is not found again: the completion lacks it.`,
    explanation: 'A choice has no index, or one that is no integer from 0. Told once.',
    checks: {
      choice(facts, report) {
        if (indexOf(facts.raw.index) < 0 && facts.once('choice index'))
          report(`A choice has the index ${phrase(facts.raw.index)}.`);
      },
    },
  },
  {
    ...chat,
    id: 'C14',
    title: 'a choice has a delta and no message',
    level: 'must',
    severity: 'warning',
    basis: `${reference}: a choice of a chunk has a \`delta\`.`,
    clients: `${helper} takes the \`message\` for what the deltas have made: it then gives that, or throws \`no tool call snapshot\`.`,
    explanation:
      'A choice has a `message` (Perplexity and Writer send the message so far beside each delta), or no delta. Told once.',
    checks: {
      choice(facts, report) {
        const { raw, isText } = facts;
        if (isText) return;
        if ('message' in raw) {
          if (facts.once('message')) report('The choice has a message.');
        } else if (!('delta' in raw) && facts.once('delta')) report('The choice has no delta.');
      },
    },
  },
  {
    ...chat,
    id: 'C15',
    title: 'content is text',
    level: 'must',
    severity: 'error',
    basis: `${reference}: \`delta.content\` is a string or null.`,
    clients: `${helper} appends \`[object Object]\`; the \`ai\` package drops the chunk.`,
    explanation:
      'The content is something else. Mistral sends lists of typed parts for models that think. Told once.',
    checks: {
      choice(facts, report) {
        const { content } = facts.delta;
        if (content === undefined || content === null || typeof content === 'string') return;
        if (facts.once('content'))
          report(`The content is ${Array.isArray(content) ? 'a list' : phrase(content)}.`);
      },
    },
  },
];
