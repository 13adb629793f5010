import { REDACTION_CLASSES, REDACTION_TITLES } from '../../src-core/redaction/options.ts';
import type { RedactionReport } from '../../src-core/redaction/struck.ts';
import { shownText } from '../../src-core/shown-name.ts';
import { number } from '../lint/finding.ts';

/** `3 keys, tokens, cookies and passwords; 1 user`; `''` where nothing is struck out. */
export function struckSum({ counts }: RedactionReport): string {
  return [...REDACTION_CLASSES, 'custom' as const]
    .filter((one) => counts[one] > 0)
    .map((one) => `${REDACTION_TITLES[one].toLowerCase()} (${number(counts[one])})`)
    .join('; ');
}

/** What is struck out, a line each: class, place, and what it was (of a secret how it begins and ends). */
export function struckLines({ struck, count, remarks }: RedactionReport): string[] {
  const lines = struck.map(
    (one) => `${one.class}\t${shownText(one.where)}\t${shownText(one.shown)}`,
  );
  if (count > struck.length) lines.push(`and ${number(count - struck.length)} more`);
  return [...lines, ...remarks.map(shownText)];
}
