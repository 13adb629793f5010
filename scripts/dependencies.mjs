/** `npm ci`, when what is installed is not what the lockfile asks for. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { runNpm, lastLines } from './commands.mjs';
import { SetupError, say } from './progress.mjs';
import { inProject, projectRoot, readJson } from './project.mjs';

const OLDEST_NODE = [20, 19];

/** Which lockfile was installed. Inside `node_modules`, so that it goes with it. */
const STAMP = inProject('node_modules', '.deltascope-lockfile');

/** Installs the packages unless `node_modules` already holds them. */
export async function ensureDependencies() {
  requireNode(process.versions.node);
  const lockfile = readLockfile();
  const digest = createHash('sha256').update(lockfile).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
  // A person may have run `npm ci`. npm writes this file last, after a complete install.
  const installed = readJson(inProject('node_modules', '.package-lock.json'));
  if (installed && isInstalled(JSON.parse(lockfile.toString()), installed)) return;

  say('Installing packages (npm ci)');
  // `--include=dev` because NODE_ENV=production would leave out all of them; no package here
  // needs an install script, so none may run.
  const { code, output } = await runNpm(
    ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: projectRoot },
  );
  if (code !== 0) {
    throw new SetupError(
      `npm ci ended with exit code ${code}.\n${lastLines(output)}`,
      'Check the connection to your npm registry (npm ping), then run the same command again.',
    );
  }
  writeFileSync(STAMP, digest);
}

/**
 * True when every package that this machine must have is there in the version of the lockfile.
 * @param {{ packages?: Record<string, LockEntry> }} wanted package-lock.json
 * @param {{ packages?: Record<string, LockEntry> }} installed node_modules/.package-lock.json
 *
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, extraneous?: boolean }} LockEntry
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages ?? {}).every(([path, entry]) => {
    if (path === '') return true;
    const present = installed.packages?.[path];
    // Binaries for other platforms are optional, and what nothing needs is extraneous.
    if (!present) return Boolean(entry.optional || entry.extraneous);
    return present.version === entry.version && present.integrity === entry.integrity;
  });
}

function readLockfile() {
  try {
    return readFileSync(inProject('package-lock.json'));
  } catch (error) {
    throw new SetupError(
      `package-lock.json cannot be read: ${/** @type {Error} */ (error).message}`,
      'Restore it: git checkout package-lock.json',
    );
  }
}

/** @param {string} version */
function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new SetupError(
    `This is Node ${version}.`,
    `Install Node ${OLDEST_NODE.join('.')} or newer, then run the same command again.`,
  );
}
