import type { FaultOutcome } from '../../src-core/faults/apply-faults.ts';
import type { Pace } from '../../src-core/replay/pace.ts';
import { bytesText } from '../wording.ts';
import type { Played } from './playing.ts';

/** What is served, as the log says it, and what was broken in it. */
export function servedNote(name: string, pace: Pace, outcomes: readonly FaultOutcome[]): string {
  const steps = outcomes.flatMap(({ kind, became, words }) =>
    became === 'applied' ? [words] : became === 'not applied' ? [`no ${kind}: ${words}`] : [],
  );
  const rest = steps.length > MOST_TOLD ? [`and ${steps.length - MOST_TOLD} more`] : [];
  const broken = [...steps.slice(0, MOST_TOLD), ...rest].map((words) => `, ${words}`).join('');
  return `${name}, ${paceText(pace)}${broken}`;
}

/** Steps that a log entry tells. */
const MOST_TOLD = 6;

/** Likewise, once it is over. */
export function playedNote(served: string, { by, bytes, allBytes }: Played): string {
  const sent =
    bytes === allBytes
      ? bytesText(bytes)
      : `${bytes.toLocaleString('en-US')} of ${bytesText(allBytes)}`;
  switch (by) {
    case 'server':
      return `${served}: ${sent}.`;
    case 'client':
      return `${served}: the client went away after ${sent}.`;
    case 'person':
      return `${served}: the server was stopped after ${sent}.`;
  }
}

function paceText(pace: Pace): string {
  switch (pace.kind) {
    case 'recorded':
      return pace.factor === 1 ? 'as recorded' : `at ${pace.factor}x`;
    case 'instant':
      return 'at once';
    case 'rate':
      return `${pace.perSecond} ${pace.unit} a second`;
    case 'by hand':
      return 'by hand';
  }
}
