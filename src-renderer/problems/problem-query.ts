import { type Problem, SEVERITIES, type Severity } from '../../src-core/problem.ts';
import { MAX_QUERY } from '../../src-ipc/contract.ts';

/** What is asked of the problems that are listed. */
interface Listing {
  readonly rule: string | null;
  readonly text: string;
  readonly passing: readonly Problem[];
  shows(severity: Severity): boolean;
}

/**
 * A filter of events that have a problem of those that are listed; null where it would be too long, since
 * words in messages are no term of filters and the events are named one by one then.
 */
export function queryOf(listing: Listing): string | null {
  if (listing.text.trim() !== '') return queryOfEvents(listing.passing);
  const shown = SEVERITIES.filter((severity) => listing.shows(severity));
  const severities = shown.map((severity) => `problem:${severity}`).join(' or ');
  const isWhole = shown.length === SEVERITIES.length;
  if (listing.rule === null) return isWhole ? 'problem' : severities || null;
  const rule = `problem:${listing.rule}`;
  if (isWhole || shown.length === 0) return rule;
  return shown.length === 1 ? `${rule} ${severities}` : `${rule} (${severities})`;
}

function queryOfEvents(problems: readonly Problem[]): string | null {
  const seqs = [...new Set(problems.map(({ seq }) => seq))];
  const query = seqs.map((seq) => `seq:${seq}`).join(' or ');
  return seqs.length > 0 && query.length <= MAX_QUERY ? query : null;
}
