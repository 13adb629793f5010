/**
 * Where this project and its cache are.
 *
 * Every script that `npm start` needs runs before `npm ci`, so this folder imports nothing but
 * Node's own modules, except where a file says so.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, absolute and without a trailing slash. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * An absolute path inside the repository.
 * @param {...string} parts
 */
export const inProject = (...parts) => join(projectRoot, ...parts);

/**
 * The folder of this user in which downloads outlive `node_modules`.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  return join(cacheBase(env), 'deltascope');
}

/** @param {NodeJS.ProcessEnv} env */
function cacheBase(env) {
  // The XDG specification says that a relative path is to be ignored.
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') {
    return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  }
  return join(homedir(), '.cache');
}

/** True where Chromium refuses to start with its sandbox: as root on Linux. */
export const isRootOnLinux = process.platform === 'linux' && process.geteuid?.() === 0;

/**
 * The JSON value in a file, or undefined when there is no such file or it is not JSON.
 * @param {string} file
 * @returns {any}
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
