import type { Problem } from '../../src-core/problem.ts';
import { titleOf } from './rule-facts.ts';

/**
 * A problem in one line: `error F4 at event 12, bytes 3456 to 3580: expected sequence_number 12`.
 */
export function problemAsText({ rule, severity, seq, start, end, message }: Problem): string {
  return `${severity} ${rule} at event ${seq}, bytes ${start} to ${end}: ${message}`;
}

/** Problems as a person reads them in a report: what they are of, and a line each. */
export function problemsAsText(capture: string, problems: readonly Problem[]): string {
  return [`Problems of ${capture}:`, ...problems.map(problemAsText), ''].join('\n');
}

/** Problems as a table for spreadsheets: tab-separated, with a header line. */
export function problemsAsTable(problems: readonly Problem[]): string {
  const head = ['severity', 'rule', 'title', 'event', 'from byte', 'to byte', 'message'];
  const rows = problems.map(({ rule, severity, seq, start, end, message }) => [
    severity,
    rule,
    titleOf(rule),
    String(seq),
    String(start),
    String(end),
    message,
  ]);
  // A tab or a line end in a message would begin another cell.
  const lines = [head, ...rows].map((cells) =>
    cells.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'),
  );
  return `${lines.join('\n')}\n`;
}
