import { type ProblemTally, SEVERITIES, type Severity } from '../../src-core/problem.ts';
import { plural } from '../state/format.ts';

/** How many problems there are of each severity. */
export type SeverityCounts = Readonly<Record<Severity, number>>;

export interface Counted {
  /** Those that are told of. */
  counts: SeverityCounts;
  total: number;
  /** Those whose rules are silenced. */
  silenced: number;
}

/** What an answer is told of that is no event stream: its one fault is what its end says. */
export const NO_STREAM: Counted = {
  counts: { error: 1, warning: 0, note: 0 },
  total: 1,
  silenced: 0,
};

export function countTally(
  tally: readonly ProblemTally[],
  isSilenced: (rule: string) => boolean,
): Counted {
  const counts = { error: 0, warning: 0, note: 0 };
  let silenced = 0;
  for (const { rule, severity, count } of tally) {
    if (isSilenced(rule)) silenced += count;
    else counts[severity] += count;
  }
  return { counts, total: counts.error + counts.warning + counts.note, silenced };
}

export function worstOf(counts: SeverityCounts): Severity | null {
  return SEVERITIES.find((severity) => counts[severity] > 0) ?? null;
}

/** `1 error, 2 notes`; `no problems` where there are none. */
export function countsText(counts: SeverityCounts): string {
  const words = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    plural(counts[severity], severity),
  );
  return words.join(', ') || 'no problems';
}
