import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closingLine, playwrightTotals, sumOf, vitestTotals } from './test-totals.mjs';
import { temporaryFolder } from './testing/temporary-folder.mjs';

/** @param {unknown} content */
const report = (content) =>
  join(temporaryFolder({ 'report.json': JSON.stringify(content) }), 'report.json');

describe('vitest', () => {
  test('tests are counted by their end', () => {
    const file = report({ numPassedTests: 5, numFailedTests: 2, numPendingTests: 1 });
    expect(vitestTotals(file, 1)).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  test('a file that does not load counts as a failure', () => {
    const file = report({ numPassedTests: 5, numFailedTests: 0 });
    expect(vitestTotals(file, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  test('no test at all counts as a failure', () => {
    expect(vitestTotals(report({ numPassedTests: 0 }), 0).failed).toBe(1);
  });

  test('a run that wrote no report counts as a failure', () => {
    expect(vitestTotals('/nowhere/report.json', 0).failed).toBe(1);
  });
});

describe('Playwright', () => {
  test('a test that passed at the second try failed', () => {
    const file = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } });
    expect(playwrightTotals(file, 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  test('an error outside all tests counts as a failure', () => {
    expect(playwrightTotals(report({ stats: { expected: 3 } }), 1).failed).toBe(1);
  });
});

test('the closing line is the sum', () => {
  const one = { passed: 1, failed: 0, skipped: 0 };
  expect(closingLine(sumOf([one, one]))).toBe('tests: 2 passed, 0 failed');
  expect(closingLine({ ...one, skipped: 3 })).toBe('tests: 1 passed, 0 failed, 3 skipped');
});
