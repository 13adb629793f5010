/** Other programs, run to their end with a time limit. */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 127 when the program is not there, 128 after a signal
 * @property {string} output what it wrote to stdout and stderr, empty when that was shown at once
 * @property {boolean} timedOut
 *
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] replaces the environment
 * @property {number} [timeoutMs]
 * @property {boolean} [show] pass the output on as it comes, instead of collecting it
 * @property {boolean} [shell]
 */

/** How long a program may take to end after it was asked to. */
const GRACE_MS = 10_000;

/**
 * Runs a program without stdin. Never rejects: whatever goes wrong is in the outcome.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { cwd, env, timeoutMs, show = false, shell = false } = {}) {
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let timedOut = false;
    // Shown output goes to stderr as a whole: stdout is for the script's own result.
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      shell,
      stdio: show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
    });
    const limit =
      timeoutMs &&
      setTimeout(() => {
        timedOut = true;
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
      }, timeoutMs);
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(limit || undefined);
      resolve({ code, output: Buffer.concat(chunks).toString('utf8'), timedOut });
    };
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 128));
  });
}

/**
 * Runs npm: the one that runs this script, else the one on the PATH.
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runNpm(args, options = {}) {
  const cli = process.env.npm_execpath;
  if (cli && /^npm-cli\.c?js$/.test(basename(cli))) {
    return run(process.execPath, [cli, ...args], options);
  }
  // On Windows npm is a .cmd file, which only a shell can run.
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * The last lines of a program's output, for a message.
 * @param {string} output
 * @param {number} [count]
 */
export function lastLines(output, count = 15) {
  return output.trim().split('\n').slice(-count).join('\n');
}
