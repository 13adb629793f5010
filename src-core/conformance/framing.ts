import type { ResponseFacts } from './response-facts.ts';
import type { Rule } from './rule.ts';

const responses = { dialects: ['responses'] } as const;

/** How events are framed and numbered. */
export const FRAMING_RULES: readonly Rule<ResponseFacts>[] = [
  {
    ...responses,
    id: 'F1',
    title: 'the event name is the type',
    level: 'must',
    severity: 'error',
    basis:
      'Open Responses: the `event` field equals the `type` of the data. All recordings of OpenAI that kept their frames.',
    clients:
      'The `openai` package (6.49) goes by the `type` in the data and looks at the name only for Assistants (`thread.`). An `EventSource` or a client that subscribes to names never sees an event that has another one, or none.',
    explanation:
      'The frame names the event otherwise than its data does. A frame without a name is a note, told once for a run of such frames: some servers send none.',
    checks: {
      every({ name, type, event, isNamed }, report) {
        if (name === null || name === type || typeof event.type !== 'string') return;
        if (name !== '')
          report(`The frame is named ${shown(name)}, the data has the type ${type}.`);
        else if (isNamed)
          report(`The frame has no event name; the data has the type ${type}.`, 'note');
      },
    },
  },
  {
    ...responses,
    id: 'F2',
    title: 'no event ids',
    level: 'observed',
    severity: 'note',
    basis:
      'Open Responses: servers should not send the `id` field. No recording of OpenAI has one.',
    clients:
      'The `openai` package ignores it. An `EventSource` that reconnects sends it back as `Last-Event-ID`, which the Responses API does not know; streams are resumed by `starting_after`.',
    explanation: 'A frame sets the last event id, or changes it.',
    checks: {
      every({ hasId }, report) {
        if (hasId) report('The frame sets an event id; streams are resumed by sequence_number.');
      },
    },
  },
  {
    ...responses,
    id: 'F3',
    title: 'every event has a sequence_number',
    level: 'must',
    severity: 'error',
    basis:
      'The types of the `openai` package and the OpenAPI description require an integer in every event; all recordings of OpenAI have it.',
    clients:
      'The `openai` package 6.49 compares it when a stream is resumed: `event.sequence_number > starting_after` is false without one, so the event is not emitted. Otherwise it is not looked at.',
    explanation:
      'Without numbers a client can neither notice a lost event nor resume a stream. Told once for a run of events without one: some servers number none. Events of types that are not listed may go without.',
    checks: {
      every({ sequence, rule, type, isNumbered }, report) {
        if (!rule || !Number.isNaN(sequence.value)) return;
        if (sequence.raw === undefined) {
          if (isNumbered) report(`${type} has no sequence_number.`);
        } else
          report(
            `${type} has the sequence_number ${shown(sequence.raw)}, which is no integer from 0.`,
          );
      },
    },
  },
  {
    ...responses,
    id: 'F4',
    title: 'sequence_number starts at 0 and goes on by one',
    level: 'observed',
    severity: 'error',
    basis: 'All 36 recordings of OpenAI start at 0, and every unedited one counts without a gap.',
    clients:
      'The `openai` package (6.49) does not check it: what was lost stays unnoticed until texts do not agree.',
    explanation:
      'An event was lost, sent twice or sent out of order, or a proxy made some up. One number counts for all kinds of events, `keepalive` included. After a break the new number counts. Where a stream begins in its middle see L1 and F5.',
    checks: {
      every({ sequence, events, rule }, report) {
        const { value, last } = sequence;
        if (Number.isNaN(value)) return;
        if (sequence.isFirst) {
          if (value === 0 || rule?.op !== 'begin') return;
          report(`expected sequence_number 0 first, got ${value}`);
        } else if (!sequence.isExpected) {
          const after = Number.isNaN(last) || events === 0 ? 'first' : `after ${last}`;
          const said = `expected sequence_number ${sequence.expected} ${after}, got ${value}`;
          report(`${said}${missed(value - sequence.expected, value === last)}`);
        }
      },
    },
  },
  {
    ...responses,
    id: 'F5',
    title: 'a resumed stream goes on where it was left',
    level: 'observed',
    severity: 'warning',
    basis:
      'A guess from the name of the parameter, and from two recordings of OpenAI that go on with the number after it.',
    clients:
      'The `stream()` helper of the `openai` package 6.49 asks for the whole stream and leaves out the events up to `starting_after` itself; with another client events are lost or come twice.',
    explanation: 'The request has `starting_after=N`; the first event should have the number N+1.',
    checks: {
      every({ sequence, request, events }, report) {
        const after = request?.startingAfter ?? null;
        if (after === null || events > 0 || !sequence.isFirst) return;
        if (Number.isNaN(sequence.value)) return;
        if (sequence.value !== after + 1)
          report(
            `The request resumes after ${after}: expected sequence_number ${after + 1}, got ${sequence.value}`,
          );
      },
    },
  },
];

/** What the difference between the expected number and the one that came means. */
function missed(difference: number, isRepeated: boolean): string {
  if (isRepeated) return ', the number of the event before';
  if (difference < 1) return '';
  return difference === 1
    ? ': 1 event is missing before this one'
    : `: ${difference.toLocaleString('en-US')} events are missing before this one`;
}

function shown(value: unknown): string {
  const text = typeof value === 'object' && value ? 'an object' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
