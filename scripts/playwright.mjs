/** Playwright's test runner with the chosen Electron. */
import { run } from './commands.mjs';
import { launchEnvironment } from './electron.mjs';
import { inProject, projectRoot } from './project.mjs';

/** The run has its own limit, in playwright.config.ts; this one is for a runner that hangs. */
const RUN_LIMIT_MS = 11 * 60_000;

/**
 * Runs the tests of one project of playwright.config.ts. They open displays where there is none.
 * @param {'app' | 'screenshots'} project
 * @param {string} electron the executable, which the tests find in DELTASCOPE_ELECTRON
 * @param {string[]} [args]
 * @param {NodeJS.ProcessEnv} [env] what to add to the environment
 */
export function runPlaywright(project, electron, args = [], env = {}) {
  const cli = inProject('node_modules', '@playwright', 'test', 'cli.js');
  return run(process.execPath, [cli, 'test', '--project', project, ...args], {
    cwd: projectRoot,
    env: { ...launchEnvironment(), DELTASCOPE_ELECTRON: electron, ...env },
    show: true,
    timeoutMs: RUN_LIMIT_MS,
  });
}
