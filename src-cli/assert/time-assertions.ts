import { firstEvents } from '../../src-core/latency/phases.ts';
import { durationText } from '../arguments/amounts.ts';
import type { AskedStream } from './asked-stream.ts';
import { type Assertion, failed, type Outcome, PASSED, unasked } from './assertion.ts';

/** The first character of the answer, be it text, a refusal or arguments of a tool. */
export function firstTextWithin(mostUs: number): Assertion {
  return timed('first-text', `first text within ${durationText(mostUs)}`, ({ stream, last }) => {
    const { text } = firstEvents(stream.index);
    if (text < 0) return failed('There is no text.', last);
    const us = stream.index.columns.timeUs[text]!;
    return us <= mostUs ? PASSED : failed(`It came after ${durationText(us)}.`, { seq: text });
  });
}

/** From the request to the end of the transport. */
export function totalWithin(mostUs: number): Assertion {
  return timed('total', `ends within ${durationText(mostUs)}`, ({ totalUs, last }) => {
    if (totalUs === null) return failed('It has no events.');
    if (totalUs <= mostUs) return PASSED;
    return failed(`It took ${durationText(totalUs)}.`, last);
  });
}

/** The time between an event and the one before, never more than that. */
export function gapsWithin(mostUs: number): Assertion {
  return timed('max-gap', `no gap beyond ${durationText(mostUs)}`, ({ stream: { index } }) => {
    const { timeUs } = index.columns;
    let longest = 0;
    let after = 0;
    for (let seq = 1; seq < index.count; seq++) {
      const gap = timeUs[seq]! - timeUs[seq - 1]!;
      if (gap > longest) [longest, after] = [gap, seq];
    }
    if (longest <= mostUs) return PASSED;
    return failed(`${durationText(longest)} passed before event ${after}.`, { seq: after });
  });
}

function timed(kind: string, name: string, ask: (stream: AskedStream) => Outcome): Assertion {
  return {
    kind,
    name,
    ask: (stream) =>
      stream.source.isTimed
        ? ask(stream)
        : unasked(
            'No times were recorded, so this can’t be told. A capture has them, and a stream that ' +
              'comes through a pipe.',
          ),
  };
}
