import type { Output } from './output.ts';

/** All that a run has of the world around it, so that tests can give it another one. */
export interface Console {
  /** The arguments after the program's name. */
  readonly args: readonly string[];
  readonly stdin: StandardInput;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute: what relative paths are relative to. */
  readonly workingDirectory: string;
  /** Microseconds of a monotonic clock. */
  now(): number;
  /**
   * Resolves when somebody asks the program to end (Ctrl+C, SIGTERM), who then leaves it to the caller. Until it is
   * called such a signal ends the program at once, and a second one always does.
   */
  untilStopped(): Promise<void>;
}

export interface StandardInput {
  readonly isTerminal: boolean;
  /** Bytes come as somebody writes them, so that their times mean something; not from a file. */
  readonly isPipe: boolean;
  /** May be asked for once. @throws system errors of reading */
  chunks(): AsyncIterable<Uint8Array>;
}
