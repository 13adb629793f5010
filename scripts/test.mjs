/**
 * `npm test`: everything that must hold before a change is merged. `npm test -- lint unit` runs
 * only these groups: lint, types, format, imports, unit, build, e2e.
 *
 * All of it runs, whatever fails before; the last line counts the tests, and each check that
 * failed as one failed test.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { build } from './build.mjs';
import { run } from './commands.mjs';
import { hasDisplay } from './display.mjs';
import { runPlaywright } from './playwright.mjs';
import { SetupError, reportFailure, say } from './progress.mjs';
import { inProject, projectRoot } from './project.mjs';
import { prepareElectron } from './setup.mjs';
import { runChecks, staticChecks } from './static-checks.mjs';
import { closingLine, playwrightTotals, sumOf, vitestTotals } from './test-totals.mjs';

const UNIT_LIMIT_MS = 6 * 60_000;
const FAILED_CHECK = { passed: 0, failed: 1, skipped: 0 };

const GROUPS = ['lint', 'types', 'format', 'imports', 'unit', 'build', 'e2e'];
const groups = process.argv.slice(2);
/** @param {string} group */
const isWanted = (group) => groups.length === 0 || groups.includes(group);

/** @type {import('./test-totals.mjs').Totals[]} */
const results = [];
try {
  const unknown = groups.find((group) => !GROUPS.includes(group));
  if (unknown) throw new SetupError(`There is no group ${unknown}.`, `Use: ${GROUPS.join(', ')}`);
  const electron = await prepareElectron();
  await checkStatically();
  if (isWanted('unit')) await testUnits();
  const isBuilt = isWanted('build') || isWanted('e2e') ? await buildApp() : true;
  if (isWanted('e2e') && isBuilt) await testApp(electron);
  if (isWanted('e2e') && !isBuilt) say('The tests in Electron need the build: not run');
} catch (error) {
  reportFailure(error);
  results.push(FAILED_CHECK);
}
const totals = sumOf(results);
console.log(closingLine(totals));
process.exitCode = totals.failed === 0 ? 0 : 1;

async function checkStatically() {
  const checks = staticChecks().filter(({ group }) => isWanted(group));
  await runChecks(checks, ({ name, passed, seconds, output }) => {
    say(`${name}: ${passed ? 'ok' : 'FAILED'} (${seconds.toFixed(1)} s)`);
    if (passed) return;
    results.push(FAILED_CHECK);
    process.stderr.write(`${output.trim()}\n`);
  });
}

async function testUnits() {
  say('Unit and property tests');
  const report = freshReport('unit.json');
  const vitest = inProject('node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(process.execPath, [vitest, ...args], {
    cwd: projectRoot,
    show: true,
    timeoutMs: UNIT_LIMIT_MS,
  });
  results.push(vitestTotals(report, code));
}

/** True when the app was built. Always builds: the tests must not pass on an old build. */
async function buildApp() {
  say('Building');
  try {
    await build();
    return true;
  } catch (error) {
    reportFailure(error);
    results.push(FAILED_CHECK);
    return false;
  }
}

/** @param {string} electron */
async function testApp(electron) {
  say(`Tests in Electron, on ${hasDisplay() ? 'your display' : 'virtual displays'}`);
  const report = freshReport('e2e.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const { code } = await runPlaywright('app', electron, [], env);
  results.push(playwrightTotals(report, code));
}

/**
 * A file for a report, without the one of an earlier run.
 * @param {string} name
 */
function freshReport(name) {
  const folder = inProject('out', 'test-reports');
  mkdirSync(folder, { recursive: true });
  const file = inProject('out', 'test-reports', name);
  rmSync(file, { force: true });
  return file;
}
