/** `npm run build`: bundles main, preload, renderer and the command line into `out/`. */
import { pathToFileURL } from 'node:url';
import { APP, COMMAND_LINE, isBuildFresh, recordBuild, sourcesDigest } from './build-freshness.mjs';
import { lastLines, run } from './commands.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { SetupError, runScript, say } from './progress.mjs';
import { inProject, projectRoot } from './project.mjs';

const BUILD_LIMIT_MS = 5 * 60_000;

/** The command line of electron-vite, run with this Node. */
export const electronVite = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
const vite = inProject('node_modules', 'vite', 'bin', 'vite.js');

/** Builds the app unless the sources are those of the last build. */
export async function ensureBuild() {
  if (isBuildFresh(APP)) return;
  say('Building');
  await buildProduct(APP, [electronVite, 'build']);
}

/** Makes the command line ready to run: installs what its build needs, and builds it. */
export async function ensureCommandLine() {
  if (isBuildFresh(COMMAND_LINE)) return;
  await ensureDependencies();
  say('Building the command line');
  await buildCommandLine();
}

/**
 * Builds all.
 * @param {{ show?: boolean }} [options] show: pass the output of the builds on
 */
export async function build({ show = false } = {}) {
  await buildProduct(APP, [electronVite, 'build'], show);
  await buildCommandLine(show);
}

/** @param {boolean} [show] */
async function buildCommandLine(show) {
  await buildProduct(COMMAND_LINE, [vite, 'build', '--config', 'cli.vite.config.ts'], show);
}

/**
 * @param {import('./build-freshness.mjs').Product} product
 * @param {string[]} command for this Node
 * @param {boolean} [show]
 */
async function buildProduct(product, command, show = false) {
  const digest = sourcesDigest(product);
  const { code, output, timedOut } = await run(process.execPath, command, {
    cwd: projectRoot,
    timeoutMs: BUILD_LIMIT_MS,
    show,
  });
  if (code !== 0) {
    throw new SetupError(
      `The build ${timedOut ? 'took too long' : `ended with exit code ${code}`}.\n` +
        lastLines(output, 40),
      'Correct what the lines above name, then run the same command again.',
    );
  }
  recordBuild(product, digest);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runScript(async () => {
    await ensureDependencies();
    await build({ show: true });
  });
}
