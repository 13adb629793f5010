/** How a run ends, for the shell that asks. */
export const EXIT = {
  clean: 0,
  /** Lint found what it was asked to fail on, or an assertion does not hold. */
  findings: 1,
  /** Something could not be read, or the command was not understood. */
  unreadable: 2,
  /** Whoever read the output has gone: 128 and SIGPIPE, as other programs end then. */
  brokenPipe: 141,
} as const;

/** A failure that the person can do something about: what happened, and what to do now. */
export class Failure extends Error {
  readonly advice: string;

  constructor(message: string, advice = '') {
    super(message);
    this.name = 'Failure';
    this.advice = advice;
  }
}

/** The command line was not understood: nothing was done. */
export class UsageError extends Failure {}

/** One input can't be read; the others can. */
export class InputError extends Failure {}

/** Nobody reads the standard output any more: no reason to say anything. */
export class BrokenPipe extends Error {}
