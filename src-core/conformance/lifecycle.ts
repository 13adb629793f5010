import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { idOf } from './item-facts.ts';
import { MAX_OTHER_IDS, type ResponseFacts } from './response-facts.ts';
import type { Check, Report, Rule } from './rule.ts';
import { phrase } from './wording.ts';

type LifecycleCheck = (response: JsonObject, facts: ResponseFacts, report: Report) => void;

const responses = { dialects: ['responses'] } as const;
const reducer = 'The `stream()` helper of the `openai` package';

/** How a response begins, goes on and ends. */
export const LIFECYCLE_RULES: readonly Rule<ResponseFacts>[] = [
  {
    ...responses,
    id: 'L1',
    title: 'response.created comes first',
    level: 'observed',
    severity: 'error',
    basis: 'All 36 recordings of OpenAI that are not resumed begin with it.',
    clients: `${reducer} throws at any other first event (6.49: \`When snapshot hasn't been set yet, expected 'response.created' event\`).`,
    explanation:
      'The stream begins with another event, or `response.created` comes again for the same response: with numbers that begin anew it is a replay from the start, and is read as a new stream. A stream whose first sequence_number is not 0 begins in its middle, which is a note: it was resumed with `starting_after`, or the recording was begun late; what it says of items that it does not announce is then not held against it.',
    checks: {
      every({ events, rule, type, sequence }, report) {
        if (events > 0 || !rule || rule.op === 'begin') return;
        // A stream may be nothing but the report of an error.
        if (rule.op === 'fatal') return;
        if (sequence.value > 0)
          report(
            `The stream begins in its middle: with ${type}, sequence_number ${sequence.value}.`,
            'note',
          );
        else report(`expected response.created first, got ${type}`);
      },
      begin({ isAgain, isReplayed }, report) {
        if (isReplayed)
          report('response.created comes again, and the numbers with it: a replay from the start.');
        else if (isAgain) report('response.created comes again for the same response.');
      },
    },
  },
  {
    ...responses,
    id: 'L2',
    title: 'response.in_progress follows',
    level: 'observed',
    severity: 'warning',
    basis:
      'All recordings of OpenAI: `response.created`, in background mode `response.queued`, then `response.in_progress`, each once.',
    clients: `${reducer} replaces all it has by the \`response\` of such an event (6.49). One that comes late, with an empty \`output\`, makes it throw at the next delta: \`missing output at index 0\`.`,
    explanation: 'The event is missing, or it comes again, or after other events.',
    checks: {
      every(facts, report) {
        const { rule, type, events, isJoined } = facts;
        if (!rule || events === 0 || isJoined || facts.isOrderSaid || facts.ended !== '') return;
        switch (rule.op) {
          case 'begin':
          case 'fatal':
            return;
          case 'final':
            // A request can fail before it was begun.
            if (facts.isInProgress || rule.status === 'failed') return;
            break;
          case 'renew': {
            const isLate = facts.items.size > 0;
            if (!facts.isInProgress && !isLate) return;
            facts.isOrderSaid = true;
            if (isLate) report(`${type} comes after the first item.`);
            else if (type === 'response.in_progress') report(`${type} comes again.`);
            else report(`${type} comes after response.in_progress.`);
            return;
          }
          default:
            if (facts.isInProgress || type === 'keepalive') return;
        }
        facts.isOrderSaid = true;
        report(`expected response.in_progress after response.created, got ${type}`);
      },
    },
  },
  {
    ...responses,
    id: 'L3',
    title: 'one terminal event, and it is the last',
    level: 'observed',
    severity: 'error',
    basis:
      'All recordings of OpenAI that are whole end with `response.completed`, `response.failed` or `response.incomplete`. Open Responses servers send `[DONE]` after it; OpenAI does not.',
    clients: `${reducer} (6.49) checks nothing: without a terminal event it gives the snapshot so far as the final response, with the status \`in_progress\`.`,
    explanation:
      'The stream ends without a terminal event (the connection broke, a proxy timed out, a recording was cut), or events follow it. Where a person stopped the request the missing end is no fault of the server. A `response.created` after the end begins another response.',
    checks: {
      every({ ended, type, rule, isDoneSeen }, report) {
        if (rule?.op === 'begin') return;
        if (ended !== '') report(`${type} comes after ${ended}.`);
        else if (isDoneSeen) report(`${type} comes after [DONE].`);
      },
      begin({ interrupts, isAgain, type }, report) {
        if (interrupts && !isAgain)
          report(`${type} begins another response; the one before has not ended.`);
      },
      done({ ended, isFailedExpected, isDoneSeen, events }, report) {
        if (isDoneSeen) report('[DONE] comes again.');
        else if (ended === '' && !isFailedExpected && events > 0)
          report('[DONE] comes, but no terminal event has.');
      },
      end({ ended, isFailedExpected, isDoneSeen, isLastUnread }, report) {
        if (ended !== '' || isFailedExpected || isDoneSeen || isLastUnread) return;
        report(
          'The stream ends without response.completed, response.failed or response.incomplete.',
        );
      },
    },
  },
  {
    ...responses,
    id: 'L4',
    title: 'the response id stays',
    level: 'observed',
    severity: 'error',
    basis: 'All recordings of OpenAI.',
    clients: `${reducer} 7.57 throws; 6.49 takes the newest. A program that keeps the first one for \`previous_response_id\` asks for a response that does not exist.`,
    explanation:
      'A lifecycle event has another `response.id` than those before. The first three other ids are told. Proxies that make up ids cause it.',
    checks: lifecycle((response, { ids, isAgain, rule }, report) => {
      const id = idOf(response.id);
      if (id === null || ids.size === 0 || ids.has(id) || (rule?.op === 'begin' && !isAgain))
        return;
      if (ids.size > MAX_OTHER_IDS) return;
      const [first] = ids;
      report(
        `expected the response id ${phrase(first)}, got ${phrase(id)}` +
          (ids.size === MAX_OTHER_IDS ? '; it goes on changing, which is not told again' : ''),
      );
    }),
  },
  {
    ...responses,
    id: 'L5',
    title: 'the status is that of the event',
    level: 'observed',
    severity: 'error',
    basis: 'All 129 lifecycle events of the recordings of OpenAI.',
    clients:
      'Programs and the `parse` helpers of the `openai` package (6.49) go by `response.status`, and not by the event: structured output is parsed when it is `completed` or missing.',
    explanation:
      '`response.created` has `in_progress`, or `queued` in background mode; the others have the last word of their type.',
    checks: lifecycle((response, { type, request }, report) => {
      const { status } = response;
      const expected = type === 'response.created' ? 'in_progress' : type.slice('response.'.length);
      if (status === expected) return;
      const isQueued = response.background === true || request?.background === true;
      if (type === 'response.created' && status === 'queued' && isQueued) return;
      report(`${type} has the status ${phrase(status)}, expected ${phrase(expected)}`);
    }),
  },
  {
    ...responses,
    id: 'L6',
    title: 'nothing is there before it is streamed',
    level: 'observed',
    severity: 'warning',
    basis:
      'All 86 responses in `created`, `queued` and `in_progress` events of OpenAI have `output: []` and no usage.',
    clients: `${reducer} (6.49) starts from this response: items that are in its \`output\` come twice, and without a list it throws a TypeError.`,
    explanation:
      'A lifecycle event before the end has an `output` that is not an empty list, or a `usage`.',
    checks: {
      begin: early,
      renew: early,
    },
  },
  {
    ...responses,
    id: 'L7',
    title: 'the end reports the usage',
    level: 'observed',
    severity: 'warning',
    basis:
      'All completed and incomplete responses of the recordings; the only failed one has none.',
    clients: 'No client checks it; programs that add up tokens read null.',
    explanation:
      '`usage` is missing in `response.completed` or `response.incomplete`. In a response that failed it is unusual, and a note.',
    checks: {
      final({ response, type }, report) {
        if (!response) return;
        if (type === 'response.failed') {
          if (isObject(response.usage)) report('response.failed has a usage.', 'note');
        } else if (!isObject(response.usage)) report(`${type} has no usage.`);
      },
    },
  },
  {
    ...responses,
    id: 'L8',
    title: 'the token counts add up',
    level: 'observed',
    severity: 'warning',
    basis:
      'All 42 usages of the recordings: total = input + output; cached and reasoning tokens are part of these.',
    clients: 'No client checks it; costs are counted wrong.',
    explanation:
      'The total is not the sum, or a part is more than the whole. Details (`cached_tokens`, `reasoning_tokens`) are subsets and not additions.',
    checks: {
      final({ response }, report) {
        const usage = response?.usage;
        if (!isObject(usage)) return;
        const { input_tokens: input, output_tokens: output, total_tokens: total } = usage;
        if (typeof input !== 'number' || typeof output !== 'number') return;
        if (typeof total === 'number' && total !== input + output)
          report(
            `total_tokens is ${total}, the sum of ${input} input and ${output} output tokens is ${input + output}`,
          );
        within(usage.input_tokens_details, 'cached_tokens', input, 'input', report);
        within(usage.output_tokens_details, 'reasoning_tokens', output, 'output', report);
      },
    },
  },
  {
    ...responses,
    id: 'L9',
    title: 'completed_at is set when it is completed',
    level: 'must',
    severity: 'warning',
    basis:
      'The OpenAPI description: present only when the status is `completed`. All recordings that have the field; older ones lack it.',
    clients: 'No client checks it.',
    explanation: '`completed_at` is null in a completed response, or set in another one.',
    checks: lifecycle(({ completed_at: at }, { type }, report) => {
      if (at === undefined) return;
      if (type === 'response.completed') {
        if (at === null) report('response.completed has no completed_at.');
      } else if (at !== null) report(`${type} has a completed_at: ${phrase(at)}`);
    }),
  },
  {
    ...responses,
    id: 'L10',
    title: 'error and incomplete_details go with the status',
    level: 'observed',
    severity: 'warning',
    basis:
      'All 43 responses of the recordings: `error` is set in a failed one only, `incomplete_details` in an incomplete one only.',
    clients:
      'No client checks it; programs that ask `response.error` first take a good answer for a failure, or miss the reason.',
    explanation:
      'A response has an `error` and has not failed, or has failed and says no error; the same for `incomplete_details`.',
    checks: lifecycle((response, { type }, report) => {
      paired(response, 'error', type, 'response.failed', report);
      paired(response, 'incomplete_details', type, 'response.incomplete', report);
    }),
  },
  {
    ...responses,
    id: 'L11',
    title: 'response.failed follows an error',
    level: 'must',
    severity: 'warning',
    basis: 'Open Responses; both recordings of OpenAI in which an `error` event came.',
    clients:
      'The `openai` package 6.49 throws at an `error` event in the nested form and reads nothing after it; one in the flat form it hands on and reads on.',
    explanation:
      'After an `error` event another event than `response.failed` comes, or the stream ends.',
    checks: {
      every({ isFatal, type, rule }, report) {
        if (!isFatal || type === 'response.failed' || type === 'keepalive' || rule?.op === 'fatal')
          return;
        report(`expected response.failed after error, got ${type}`);
      },
      done: ({ isFatal }, report) => {
        if (isFatal) report('[DONE] comes after error, without response.failed.');
      },
      end: ({ isFatal, isDoneSeen }, report) => {
        if (isFatal && !isDoneSeen) report('The stream ends after error, without response.failed.');
      },
    },
  },
];

/** The same check for all events that bring the response. */
function lifecycle(check: LifecycleCheck): Record<string, Check<ResponseFacts>> {
  const asked: Check<ResponseFacts> = (facts, report) => {
    if (facts.response) check(facts.response, facts, report);
  };
  return { begin: asked, renew: asked, final: asked };
}

function early({ response, type }: ResponseFacts, report: Report): void {
  if (!response) return;
  const { output, usage } = response;
  if (!Array.isArray(output)) report(`${type} has no output list.`);
  else if (output.length > 0)
    report(`${type} has an output of ${output.length} items, expected none yet`);
  if (usage !== null && usage !== undefined) report(`${type} has a usage, expected none yet`);
}

function within(
  details: JsonValue | undefined,
  field: string,
  whole: number,
  name: string,
  report: Report,
): void {
  const part = isObject(details) ? details[field] : undefined;
  if (typeof part === 'number' && part > whole)
    report(`${field} is ${part}, more than the ${whole} ${name} tokens that it is part of`);
}

function paired(
  response: JsonObject,
  field: string,
  type: string,
  owner: string,
  report: Report,
): void {
  const value = response[field] ?? null;
  if (type === owner && value === null) report(`${type} has no ${field}.`);
  if (type !== owner && value !== null) report(`${type} has ${field} ${phrase(value)}`);
}
