/** The official Electron binary, which the `electron` package fetches apart from its install. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands.mjs';
import { SetupError, say } from './progress.mjs';
import { cacheFolder, inProject, readJson } from './project.mjs';

/** 110 MB at 1.5 Mbit/s. A machine that cannot connect at all fails within seconds. */
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/** A failed download is not tried again for this long where another Electron serves. */
const FAILURE_LASTS_MS = 24 * 3_600_000;

/**
 * The downloaded binary of the installed `electron` package; no path when it is not there.
 * @param {string} [packageFolder]
 * @returns {{ version: string, path?: string }}
 */
export function officialElectron(packageFolder = inProject('node_modules', 'electron')) {
  const version = readJson(join(packageFolder, 'package.json'))?.version;
  if (!version) {
    throw new SetupError('The package `electron` is not installed.', 'Run `npm ci`.');
  }
  const dist = join(packageFolder, 'dist');
  // The package writes path.txt last, and `version` tells a binary that an upgrade left behind.
  const found = readText(join(dist, 'version')).trim().replace(/^v/, '');
  const executable = readText(join(packageFolder, 'path.txt'));
  const path = join(dist, executable);
  return found === version && executable && existsSync(path) ? { version, path } : { version };
}

/**
 * Fetches the official binary with the package's own script.
 * @param {string} version of the installed package
 * @returns {Promise<{ path?: string, reason: string }>} the path, or why there is none
 */
export async function downloadOfficialElectron(version) {
  say(`Downloading Electron ${version} (about 110 MB)`);
  const script = inProject('node_modules', 'electron', 'install.js');
  const { code, output, timedOut } = await run(process.execPath, [script], {
    timeoutMs: DOWNLOAD_LIMIT_MS,
  });
  const { path } = officialElectron();
  if (code === 0 && path) return { path, reason: '' };
  return {
    reason: timedOut
      ? `not done after ${DOWNLOAD_LIMIT_MS / 60_000} minutes`
      : firstErrorLine(output),
  };
}

/**
 * Why the download failed lately, if it did.
 * @param {string} version
 * @param {number} [now]
 * @returns {string | undefined}
 */
export function recentDownloadFailure(version, now = Date.now()) {
  const failure = readJson(failureFile(version));
  // A clock that was set back must not make a failure last for ever.
  const isRecent = failure && Math.abs(now - failure.at) < FAILURE_LASTS_MS;
  return isRecent ? String(failure.reason) : undefined;
}

/**
 * Makes later starts not wait for a download that fails. Call it only when another Electron is
 * there: a machine that was merely offline must not end up with the old one.
 * @param {string} version
 * @param {string} reason
 * @param {number} [now]
 */
export function rememberDownloadFailure(version, reason, now = Date.now()) {
  try {
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(failureFile(version), JSON.stringify({ at: now, reason }));
  } catch {
    // Only costs the next start another try.
  }
}

/** @param {string} version */
const failureFile = (version) => join(cacheFolder(), `electron-${version}-download-failed.json`);

/** @param {string} output */
function firstErrorLine(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /error/i.test(text)) ?? lines.find(Boolean) ?? 'no output';
  return line.replace(/^\w*Error: /, '');
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
