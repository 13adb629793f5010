/** What the scripts tell the person: one line for each step, and advice when one fails. */

/**
 * One line on stderr, so that stdout stays free for results (`npm run -s electron-path`).
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`deltascope: ${line}\n`);
}

/** A step that failed for a reason that the person can do something about. */
export class SetupError extends Error {
  /**
   * @param {string} fact what happened
   * @param {string} advice what to do now
   */
  constructor(fact, advice) {
    super(fact);
    this.name = 'SetupError';
    this.advice = advice;
  }
}

/**
 * Runs a script's main function; a failure ends the process with exit code 1.
 * @param {() => Promise<number | void>} main returns the exit code, 0 when it returns nothing
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    reportFailure(error);
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
export function reportFailure(error) {
  if (error instanceof SetupError) {
    say(`failed: ${error.message}`);
    for (const line of error.advice.split('\n')) say(`  ${line}`);
  } else {
    say(`failed: ${error instanceof Error ? error.stack : String(error)}`);
  }
}
