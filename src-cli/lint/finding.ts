import type { Severity } from '../../src-core/problem.ts';
import type { InputError } from '../failure.ts';
import type { Source } from '../sources/source.ts';

/** A problem of a stream as lint tells it: severity as its profile judges, and its line. */
export interface Finding {
  rule: string;
  severity: Severity;
  /** The event it belongs to. */
  seq: number;
  /** Byte range in the body. */
  start: number;
  end: number;
  /** From 1; null where the byte came long before the finding and is no longer known. */
  line: number | null;
  message: string;
}

export type Counts = Record<Severity, number>;

/** What became of one stream. */
export interface LintedStream {
  source: Source;
  /** For people: `OpenAI Responses`. */
  protocol: string;
  dialect: string;
  framing: string;
  /** The id of the server's profile, whose known deviations are notes; null for none. */
  profile: string | null;
  /** The same for people: `xAI`. */
  server: string | null;
  events: number;
  bytes: number;
  /** All findings by severity, those included that are too many to be listed; silenced ones not. */
  counts: Counts;
  /** Findings of silenced rules. */
  silenced: number;
  /** Findings beyond those that are listed. */
  unlisted: number;
}

/** What became of all. */
export interface LintSummary {
  streams: number;
  unreadable: number;
  counts: Counts;
  silenced: number;
  unlisted: number;
}

/** A format of lint. What it writes when is its own: as it comes, or all at the end. */
export interface LintReport {
  finding(source: Source, finding: Finding): void;
  stream(stream: LintedStream): void;
  /** @param name as given on the command line, or of one of several streams in a file */
  unreadable(name: string, error: InputError): void;
  finish(summary: LintSummary): void;
}

export function noCounts(): Counts {
  return { error: 0, warning: 0, note: 0 };
}

/** `2 errors, 1 note`; `''` where there is nothing. */
export function countsText(counts: Counts): string {
  return (['error', 'warning', 'note'] as const)
    .filter((severity) => counts[severity] > 0)
    .map(
      (severity) => `${number(counts[severity])} ${severity}${counts[severity] === 1 ? '' : 's'}`,
    )
    .join(', ');
}

/** `12,345`. The output is in English, whatever the system's locale. */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}
