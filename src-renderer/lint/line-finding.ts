import { placeOf } from '../../src-core/json-text.ts';
import type { Finding } from '../../src-core/strict-schema/finding.ts';
import type { Linted } from './linter.svelte.ts';

export interface LineFinding {
  /** From 1. */
  line: number;
  finding: Finding;
}

/** The first error that begins in a line, else the first warning; null for none. Notes are no findings. */
export function findingOnLine({ text, report }: Linted, line: number): LineFinding | null {
  // Errors come first. Where a line begins is found once, not once a finding.
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1;
  const next = text.indexOf('\n', start);
  const end = next < 0 ? text.length : next;
  const finding = report.findings.find(
    (one) =>
      one.start >= start &&
      one.start <= end &&
      (one.severity === 'error' || one.severity === 'warning'),
  );
  return finding ? { line: placeOf(text, finding.start).line, finding } : null;
}
