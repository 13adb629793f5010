import { countOf, objectsOf } from '../dialects/facts.ts';
import { isObject, stringOf } from '../json.ts';
import type { OllamaFacts } from './ollama-facts.ts';
import type { Rule } from './rule.ts';
import { phrase } from './wording.ts';

const ollama = { dialects: ['ollama'] } as const;
const reference = 'Ollama’s API reference';
const client = 'The `ollama` package (0.6)';

/** Ollama's own API. */
export const OLLAMA_RULES: readonly Rule<OllamaFacts>[] = [
  {
    ...ollama,
    id: 'O1',
    title: 'a done line comes, and is the last',
    level: 'must',
    severity: 'error',
    basis: `${reference}: the final object of the stream has \`done\` true. All recordings of Ollama.`,
    clients: `${client} throws \`Did not receive done or success response in stream.\` where none comes, and reads nothing after it.`,
    explanation:
      'The stream ends without it (it was cut off, or the server died), or lines follow it.',
    checks: {
      line(facts, report) {
        if (facts.isDone && facts.once('after')) report('A line comes after the done line.');
      },
      end({ isDone, isFailed, lines }, report) {
        if (!isDone && !isFailed && lines > 0) report('The stream ends without a done line.');
      },
    },
  },
  {
    ...ollama,
    id: 'O2',
    title: 'a line has model, created_at and done',
    level: 'must',
    severity: 'warning',
    basis: `${reference}. All recordings of Ollama.`,
    clients: `${client} passes lines on as they are; a program sees undefined.`,
    explanation: 'A line lacks one of them, or has it in another type. Told once for each.',
    checks: {
      line(facts, report) {
        for (const [name, type] of [
          ['model', 'string'],
          ['created_at', 'string'],
          ['done', 'boolean'],
        ] as const) {
          const value = facts.event[name];
          if (typeof value !== type && facts.once(name))
            report(`expected ${name} to be a ${type}, got ${phrase(value)}`);
        }
      },
    },
  },
  {
    ...ollama,
    id: 'O3',
    title: 'the model stays',
    level: 'observed',
    severity: 'warning',
    basis: 'All recordings of Ollama.',
    clients: `${client} does not look at it.`,
    explanation: 'A line names another model than the first. Told once.',
    checks: {
      line(facts, report) {
        const model = stringOf(facts.event.model);
        if (facts.model !== '' && model !== '' && model !== facts.model && facts.once('other'))
          report(`expected the model ${phrase(facts.model)}, got ${phrase(model)}`);
      },
    },
  },
  {
    ...ollama,
    id: 'O4',
    title: 'lines are of one form',
    level: 'must',
    severity: 'error',
    basis: `${reference}: \`/api/chat\` has \`message\`, \`/api/generate\` has \`response\`.`,
    clients: `${client} passes lines on as they are; a program loses the text of the other form.`,
    explanation: 'A line has `message` where the first had `response`, or the other way, or both.',
    checks: {
      line({ event, form }, report) {
        const has = { message: isObject(event.message), response: 'response' in event };
        if (has.message && has.response) report('The line has both message and response.');
        else if (form === 'message' && has.response)
          report('The line has response, others message.');
        else if (form === 'response' && has.message)
          report('The line has message, others response.');
      },
    },
  },
  {
    ...ollama,
    id: 'O5',
    title: 'tool calls are whole, with an object of arguments',
    level: 'must',
    severity: 'error',
    basis: `${reference}: \`arguments\` is an object. All recordings of Ollama.`,
    clients: `${client} passes it on; a program that reads members of a text gets undefined.`,
    explanation: 'A call has no name, or arguments that are no object, such as JSON in a text.',
    checks: {
      line({ event }, report) {
        const message = isObject(event.message) ? event.message : {};
        for (const call of objectsOf(message.tool_calls)) {
          const given = isObject(call.function) ? call.function : {};
          if (stringOf(given.name) === '') report('A tool call has no name.');
          else if (!isObject(given.arguments))
            report(`The arguments of ${phrase(given.name)} are ${phrase(given.arguments)}.`);
        }
      },
    },
  },
  {
    ...ollama,
    id: 'O6',
    title: 'the done line tells why, and counts',
    level: 'must',
    severity: 'note',
    basis: `${reference}: done_reason, total_duration and eval_count. All recordings of Ollama.`,
    clients: `${client} passes it on; a program can't tell an end from the limit of tokens.`,
    explanation: 'The last line lacks one of them.',
    checks: {
      last({ event }, report) {
        const missing = ['done_reason', 'total_duration', 'eval_count'].filter(
          (name) => event[name] === undefined,
        );
        if (missing.length > 0) report(`The done line has no ${missing.join(', no ')}.`);
      },
    },
  },
  {
    ...ollama,
    id: 'O7',
    title: 'durations fit into the total',
    level: 'observed',
    severity: 'warning',
    basis:
      'All recordings of Ollama: loading, reading and writing take no longer than all together.',
    clients: `${client} does not look at them; rates computed from them are wrong.`,
    explanation:
      'load_duration, prompt_eval_duration and eval_duration add up to more than total_duration.',
    checks: {
      last({ event }, report) {
        const total = countOf(event.total_duration);
        const parts = ['load_duration', 'prompt_eval_duration', 'eval_duration'].map(
          (name) => countOf(event[name]) ?? 0,
        );
        const sum = parts.reduce((one, other) => one + other, 0);
        if (total !== null && sum > total)
          report(`the durations add up to ${sum} ns, total_duration is ${total} ns`);
      },
    },
  },
];
