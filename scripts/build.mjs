/** `npm run build`: bundles main, preload and renderer into `out/`. */
import { pathToFileURL } from 'node:url';
import { isBuildFresh, recordBuild, sourcesDigest } from './build-freshness.mjs';
import { lastLines, run } from './commands.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { SetupError, runScript, say } from './progress.mjs';
import { inProject, projectRoot } from './project.mjs';

const BUILD_LIMIT_MS = 5 * 60_000;

/** The command line of electron-vite, run with this Node. */
export const electronVite = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');

/** Builds unless the sources are those of the last build. */
export async function ensureBuild() {
  if (isBuildFresh()) return;
  say('Building');
  await build();
}

/**
 * Builds.
 * @param {{ show?: boolean }} [options] show: pass the output of electron-vite on
 */
export async function build({ show = false } = {}) {
  const digest = sourcesDigest();
  const { code, output, timedOut } = await run(process.execPath, [electronVite, 'build'], {
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
  recordBuild(digest);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runScript(async () => {
    await ensureDependencies();
    await build({ show: true });
  });
}
