import { type StreamStatus, WHOLE_ANSWER } from '../../src-core/capture.ts';
import { type Severity, SEVERITIES } from '../../src-core/problem.ts';
import { shownText } from '../../src-core/shown-name.ts';
import { countOf, type Range, rangeText } from '../arguments/amounts.ts';
import type { Values } from '../arguments/option.ts';
import { chosenLanes, type LaneChoice } from '../output/chosen-lanes.ts';
import { number } from '../lint/finding.ts';
import type { AskedStream } from './asked-stream.ts';
import { type Assertion, failed, type Outcome, PASSED, type Place, unasked } from './assertion.ts';

/** The rules that tell of these ends. The assertion of the status is about them, and no other. */
const TELLS_END: Partial<Record<StreamStatus, string>> = { failed: 'W11', incomplete: 'W12' };
/** Of an answer without a text, so much is looked at for a choice, in bytes. */
const HEAD = 1024 * 1024;
/** Findings that are listed of a failure. */
const LISTED = 20;

/** The stream says so of its own end, or of its transport there is nothing else to say. */
export function endsWith(status: StreamStatus): Assertion {
  return {
    name: `ends ${status}`,
    kind: 'status',
    ask(asked) {
      if (asked.status === status) return status === 'completed' ? toldToEnd(asked) : PASSED;
      const { place, reason } = whyEnded(asked);
      return failed(`It is ${asked.status}${reason === '' ? '.' : `: ${reason}`}`, place);
    },
  };
}

/** That its bytes came to an end, or `[DONE]`, is no word of its events that an answer did. */
function toldToEnd({ stream: { index, bytes }, end, isPlainMeant, last }: AskedStream): Outcome {
  if (end.code === WHOLE_ANSWER) return PASSED;
  if (index.dialect !== 'plain') {
    const isEmpty =
      index.dialect === 'chat' &&
      index.lanes.length === 0 &&
      !/"choices"\s*:\s*\[\s*\{/.test(Buffer.from(bytes.slice(0, HEAD)).toString('latin1'));
    if (index.streamStatus === 'completed' && !isEmpty) return PASSED;
    return failed('It ends, and no event tells of an answer that does.', last);
  }
  const error = index.types.indexOf('error');
  if (error >= 0) {
    const seq = index.columns.type.subarray(0, index.count).indexOf(error);
    return failed('It ends, and one of its events is an error.', { seq });
  }
  if (isPlainMeant) return PASSED;
  return unasked(
    'It can’t be told: no event is of a known protocol. Say --dialect plain where that is meant, or --status any.',
  );
}

/** In the words of the server, or of who recorded the transport. */
function whyEnded({ stream, status, end, last }: AskedStream): {
  place: Place | null;
  reason: string;
} {
  // There is no stream, whatever the answer looks like.
  if (end.kind === 'failed' && end.message) return { place: null, reason: end.message };
  const rule = TELLS_END[status];
  const said = stream.index.problems.filter((problem) => problem.rule === rule).at(-1);
  if (said) return { place: said, reason: said.message };
  const unsaid = status === 'disconnected' ? 'no event tells how it ended.' : '';
  return { place: last, reason: end.message || unsaid };
}

/** Of no severity there are more findings than that. */
export function lintsWithin(limits: ReadonlyMap<Severity, number>): Assertion {
  return {
    name: `has ${[...limits].map(([severity, most]) => limitText(severity, most)).join(', ')}`,
    kind: 'lint',
    ask(asked) {
      const counts = new Map<Severity, number>();
      const told = TELLS_END[asked.status];
      for (const { rule, severity, count } of asked.tally)
        if (rule !== told) counts.set(severity, (counts.get(severity) ?? 0) + count);
      const broken = [...limits].filter(([severity, most]) => (counts.get(severity) ?? 0) > most);
      if (broken.length === 0) return PASSED;
      const found = asked.problems.filter(
        ({ rule, severity }) => rule !== told && broken.some(([one]) => one === severity),
      );
      const [first] = found;
      const all = broken.map(([severity]) => countText(severity, counts.get(severity)!)).join(', ');
      const details = found.slice(0, LISTED).map((problem) => {
        const { rule, severity, seq, message } = problem;
        const line = asked.lineOf(problem);
        return `${line === null ? '' : `line ${line}, `}event ${seq}: ${severity}: ${message} [${rule}]`;
      });
      if (found.length > LISTED) details.push(`${number(found.length - LISTED)} more`);
      const begins = first ? `: ${first.message} [${first.rule}]` : '.';
      return failed(`${all}${begins}`, first ?? null, details);
    },
  };
}

function limitText(severity: Severity, most: number): string {
  return most === 0 ? `no ${severity}s` : `at most ${countText(severity, most)}`;
}

function countText(severity: Severity, count: number): string {
  return `${number(count)} ${severity}${count === 1 ? '' : 's'}`;
}

export function hasEvents(range: Range): Assertion {
  return {
    name: `has ${rangeText(range)} events`,
    kind: 'events',
    ask({ stream: { index }, last }) {
      if (index.count >= range.least && index.count <= range.most) return PASSED;
      return failed(`It has ${number(index.count)} events.`, last);
    },
  };
}

/** A text of the answer, or of the lanes that are meant, has this in it. */
export function contains(text: string, lanes: readonly LaneChoice[]): Assertion {
  return {
    name: `contains ${JSON.stringify(text)}`,
    kind: 'contains',
    ask({ stream: { index }, last }): Outcome {
      const texts = chosenLanes(index, lanes).map((lane) => index.lanes[lane]!.text);
      if (texts.some((one) => one.includes(text))) return PASSED;
      if (texts.length === 0) return failed('There is no such text.', last);
      const begins = shownText(texts.join(' ').slice(0, 200));
      return failed(`No text has it. They begin with ${JSON.stringify(begins)}.`);
    },
  };
}

/** How many findings of each severity there may be; empty where nobody asks. @throws UsageError */
export function findingLimits(values: Values): Map<Severity, number> {
  const failOn = values.choice<Severity | 'never'>('fail-on', 'error');
  const failing = failOn === 'never' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  const limits = new Map<Severity, number>(failing.map((severity) => [severity, 0]));
  const warnings = countOf(values, 'max-warnings');
  return warnings === undefined ? limits : limits.set('warning', warnings);
}
