/** The checks that read the sources without running them. */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from './commands.mjs';
import { inProject, projectRoot } from './project.mjs';

const CHECK_LIMIT_MS = 5 * 60_000;

/**
 * @typedef {object} Check
 * @property {string} group what `npm test -- GROUP` selects
 * @property {string} name
 * @property {string[]} command for this Node
 *
 * @typedef {Check & { passed: boolean, seconds: number, output: string }} CheckResult
 */

/** The program of an installed package. @param {...string} path */
const packageProgram = (...path) => inProject('node_modules', ...path);

/**
 * All checks, the long ones first, so that the short ones fill the gaps.
 * @returns {Check[]}
 */
export function staticChecks() {
  const eslint = packageProgram('eslint', 'bin', 'eslint.js');
  const prettier = packageProgram('prettier', 'bin', 'prettier.cjs');
  return [
    { group: 'lint', name: 'lint', command: [eslint, '.', '--max-warnings', '0'] },
    ...projectsWithTypes().map(typeCheck),
    { group: 'format', name: 'format', command: [prettier, '--check', '--log-level=warn', '.'] },
    { group: 'imports', name: 'import rule', command: [inProject('scripts', 'check-imports.mjs')] },
  ];
}

/** The folders that have a tsconfig.json of their own. */
function projectsWithTypes() {
  const folders = readdirSync(projectRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => entry.name);
  return ['.', ...folders].filter((folder) => existsSync(inProject(folder, 'tsconfig.json')));
}

/**
 * svelte-check runs TypeScript over the .ts files too, so that tsc need not.
 * @param {string} folder
 * @returns {Check}
 */
function typeCheck(folder) {
  const config = join(folder, 'tsconfig.json');
  if (folder === 'src-renderer') {
    const program = packageProgram('svelte-check', 'bin', 'svelte-check');
    const args = ['--tsconfig', config, '--fail-on-warnings', '--output', 'human'];
    return { group: 'types', name: `svelte-check ${folder}`, command: [program, ...args] };
  }
  const program = packageProgram('typescript', 'bin', 'tsc');
  const name = folder === '.' ? 'tsc' : `tsc ${folder}`;
  return { group: 'types', name, command: [program, '--noEmit', '-p', config] };
}

/**
 * Runs the checks, as many at once as there are cores.
 * @param {Check[]} checks
 * @param {(result: CheckResult) => void} report called as each one ends
 */
export async function runChecks(checks, report) {
  const waiting = [...checks];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) report(await runCheck(check));
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
}

/**
 * @param {Check} check
 * @returns {Promise<CheckResult>}
 */
async function runCheck(check) {
  const start = performance.now();
  const { code, output, timedOut } = await run(process.execPath, check.command, {
    cwd: projectRoot,
    timeoutMs: CHECK_LIMIT_MS,
  });
  return {
    ...check,
    passed: code === 0,
    seconds: (performance.now() - start) / 1000,
    output: timedOut ? `${output}\nIt took too long and was ended.` : output,
  };
}
