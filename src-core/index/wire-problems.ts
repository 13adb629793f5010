import type { Problem, Severity } from '../problem.ts';
import type { Deviation, DeviationRule } from '../sse/frame.ts';

const severities: Record<DeviationRule, Severity> = {
  bom: 'note',
  'carriage-return': 'note',
  'unknown-field': 'warning',
  'id-with-nul': 'warning',
  'retry-not-digits': 'warning',
  'no-data': 'warning',
  unfinished: 'error',
  'unfinished-line': 'error',
  'unfinished-element': 'error',
  'between-elements': 'error',
  'unclosed-array': 'warning',
};

/** A deviation of the wire format as a problem of the event that follows it. */
export function problemOf(deviation: Deviation, seq: number): Problem {
  const { rule, start, end, detail } = deviation;
  return {
    rule,
    severity: severities[rule],
    seq,
    start,
    end,
    message: messageOf(rule, detail, start),
  };
}

function messageOf(rule: DeviationRule, detail: string, start: number): string {
  switch (rule) {
    case 'bom':
      return 'The stream starts with a byte order mark; it is dropped.';
    case 'carriage-return':
      return `Lines end with carriage returns (CRLF or CR), first at byte ${start}.`;
    case 'unknown-field':
      return `A line has the unknown field ${JSON.stringify(detail)}; clients ignore it.`;
    case 'id-with-nul':
      return 'An id holds U+0000; clients ignore it.';
    case 'retry-not-digits':
      return `The retry value ${JSON.stringify(detail)} is not a number; clients ignore it.`;
    case 'no-data':
      return `A block names the event ${JSON.stringify(detail)} but has no data; clients dispatch nothing.`;
    case 'unfinished':
      return `The stream ends inside a block: ${detail} from byte ${start} on were never dispatched.`;
    case 'unfinished-line':
      return `The last line, ${detail} from byte ${start} on, is no whole JSON value: the stream was cut. Its bytes are kept.`;
    case 'unfinished-element':
      return `The element that begins at byte ${start} is not closed: the stream was cut after ${detail} of it, or a bracket or quotation mark in it is wrong.`;
    case 'between-elements':
      return `Between the elements, ${detail} from byte ${start} on are no JSON objects; they are skipped.`;
    case 'unclosed-array':
      return `The array that begins at byte ${start} is not closed: the stream was cut after element ${detail}.`;
  }
}
