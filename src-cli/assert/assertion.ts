import type { InputError } from '../failure.ts';
import type { AskedStream } from './asked-stream.ts';

/**
 * What became of an assertion. `error`: it could not be asked, which is no pass: a time of a recording without
 * times, a schema that can't be used.
 */
export type Outcome = { kind: 'passed' } | Unmet;

/** Why an assertion is none that passed. */
export interface Unmet {
  kind: 'failed' | 'error';
  /** One sentence with the facts of the case. */
  message: string;
  place: Place | null;
  /** What is known beside, line by line. */
  details: readonly string[];
}

/** Where in the stream something is. */
export interface Place {
  /** The event. */
  seq: number;
  /** The byte, where it is not where the event begins. */
  start?: number;
}

/** Something that is expected of a stream. */
export interface Assertion {
  /** What holds where it passes, after the stream's name: `ends completed`. */
  name: string;
  /** What is asked, for programs: `status`. */
  kind: string;
  /** Null: it does not concern this stream. */
  ask(stream: AskedStream): Outcome | null | Promise<Outcome | null>;
}

/** An assertion that was asked of a stream: a test case of a report. */
export interface TestCase {
  name: string;
  kind: string;
  outcome: Outcome;
  /** The line of the outcome's place, from 1; null for none, and in streams out of other files. */
  line: number | null;
  /** How long asking took, in microseconds. */
  tookUs: number;
}

/** A stream with what was asked of it. */
export interface AssertedStream {
  name: string;
  /** The file that it is in; null for standard input. */
  path: string | null;
  cases: readonly TestCase[];
  /** Reading included, in microseconds. */
  tookUs: number;
  /** The beginning of the text of the answer, for who looks why something failed. */
  text: string;
}

/** A format of assert. What it writes when is its own. */
export interface AssertReport {
  stream(stream: AssertedStream): void;
  /** @param name as given on the command line, or of one of several streams in a file */
  unreadable(name: string, error: InputError): void;
  finish(): void;
}

export const PASSED: Outcome = { kind: 'passed' };

export function failed(
  message: string,
  place: Place | null = null,
  details: readonly string[] = [],
): Outcome {
  return { kind: 'failed', message, place, details };
}

export function unasked(message: string): Outcome {
  return { kind: 'error', message, place: null, details: [] };
}
