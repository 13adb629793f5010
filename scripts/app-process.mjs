/** The app as a child process, whose end is the end of the script. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { say } from './progress.mjs';

/**
 * Runs a program in the foreground until it ends.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [cwd]
 * @returns {Promise<number>} its exit code
 */
export function runApp(command, args, env, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: 'inherit' });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        // A terminal sends Ctrl+C to the app too, and Chromium takes a second SIGINT for impatience
        // and dies on the spot. This process only waits, to end the display after the app.
        if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGTRAP' || signal === 'SIGABRT') adviseOnCrash(command, signal);
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
    });
  });
}

/**
 * Chromium aborts where the system lets no user make a sandbox. The way out must not be to do
 * without one.
 * @param {string} electron
 * @param {string} signal
 */
function adviseOnCrash(electron, signal) {
  const helper = join(dirname(electron), 'chrome-sandbox');
  say(`Electron ended by ${signal}. If it named the sandbox above, run:`);
  say(`  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`);
}
