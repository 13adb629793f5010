/** A display to draw on: the person's own, or a virtual one where there is none. */
import { spawn } from 'node:child_process';
import { lastLines } from './commands.mjs';
import { SetupError } from './progress.mjs';

const XVFB_START_LIMIT_MS = 20_000;

/**
 * Xvfb has no GPU: looking for one costs 0.1 s of each start and a page of complaints, and more of
 * these are about the desktop services (D-Bus) that are not there either.
 */
const VIRTUAL_DISPLAY_ARGUMENTS = ['--disable-gpu', '--log-level=3'];

/**
 * @typedef {object} Display
 * @property {boolean} isVirtual
 * @property {Record<string, string>} env what a program needs in its environment to draw there
 * @property {string[]} arguments what Electron had better be told there
 * @property {() => Promise<void>} close ends a virtual display; does nothing to a real one
 */

/** True when a window can be shown to a person. */
export function hasDisplay(env = process.env) {
  if (process.platform !== 'linux') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * The display of this session, or a new Xvfb.
 * @returns {Promise<Display>}
 */
export async function openDisplay() {
  if (hasDisplay()) return { isVirtual: false, env: {}, arguments: [], async close() {} };
  return startXvfb();
}

/** @returns {Promise<Display>} */
function startXvfb() {
  return new Promise((resolve, reject) => {
    // Xvfb takes a free display number by itself and writes it to descriptor 3.
    const server = spawn(
      'Xvfb',
      // Without -noreset it would start anew each time that its last window closes.
      ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
    );
    const kill = () => void server.kill('SIGTERM');
    const close = () =>
      new Promise((closed) => {
        if (server.exitCode !== null || server.signalCode) return closed(undefined);
        server.removeAllListeners('exit').once('exit', () => closed(undefined));
        server.ref();
        kill();
      });
    let number = '';
    let complaints = '';
    /** @param {string} fact */
    const fail = (fact) => {
      clearTimeout(limit);
      kill();
      reject(
        new SetupError(
          `Xvfb ${fact}.\n${lastLines(complaints)}`,
          'Set DISPLAY to a display that you have, or reinstall Xvfb.',
        ),
      );
    };
    const limit = setTimeout(() => fail('did not start in time'), XVFB_START_LIMIT_MS);
    server.on('error', (error) => fail(`did not start: ${error.message}`));
    server.on('exit', (code) => fail(`ended with exit code ${code}`));
    server.stderr?.on('data', (chunk) => (complaints += chunk));
    server.stdio[3]?.on('data', (chunk) => {
      number += chunk;
      if (!number.includes('\n')) return;
      clearTimeout(limit);
      // Whatever ends this process ends its display too, and the display does not keep it alive.
      process.once('exit', kill);
      server.unref();
      for (const stream of [server.stderr, server.stdio[3]]) {
        /** @type {import('node:net').Socket | null | undefined} */ (stream)?.unref();
      }
      resolve({
        isVirtual: true,
        env: { DISPLAY: `:${number.trim()}` },
        arguments: VIRTUAL_DISPLAY_ARGUMENTS,
        close,
      });
    });
  });
}
