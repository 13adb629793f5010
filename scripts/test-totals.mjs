/** How many tests passed and failed, read from what the test runners report as JSON. */
import { readJson } from './project.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * The totals of a vitest run.
 * @param {string} file its JSON report
 * @param {number} exitCode
 */
export function vitestTotals(file, exitCode) {
  const report = readJson(file);
  return withRunnerFailure(
    {
      passed: report?.numPassedTests ?? 0,
      failed: report?.numFailedTests ?? 0,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    },
    exitCode,
  );
}

/**
 * The totals of a Playwright run. A test that passed only when tried again is counted as failed.
 * @param {string} file its JSON report
 * @param {number} exitCode
 */
export function playwrightTotals(file, exitCode) {
  const stats = readJson(file)?.stats;
  return withRunnerFailure(
    {
      passed: stats?.expected ?? 0,
      failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
      skipped: stats?.skipped ?? 0,
    },
    exitCode,
  );
}

/**
 * A file that does not load or an error outside all tests fails no test, only the run; and a run
 * of no tests at all shows nothing. Each counts as one failure.
 * @param {Totals} totals
 * @param {number} exitCode
 * @returns {Totals}
 */
function withRunnerFailure(totals, exitCode) {
  const isUnexplained = totals.failed === 0 && (exitCode !== 0 || totals.passed === 0);
  return isUnexplained ? { ...totals, failed: 1 } : totals;
}

/**
 * @param {Totals[]} all
 * @returns {Totals}
 */
export function sumOf(all) {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * The last line of `npm test`.
 * @param {Totals} totals
 */
export function closingLine({ passed, failed, skipped }) {
  return `tests: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
