/**
 * `npm run -s electron-path`: prints the Electron that would be used, alone on stdout.
 * `--retry` tries the official download again, even if it failed lately.
 */
import { ensureDependencies } from './dependencies.mjs';
import { announce, chooseElectron } from './electron.mjs';
import { reportFailure, runScript } from './progress.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

await runScript(async () => {
  await ensureDependencies();
  const retryDownload = process.argv.includes('--retry');
  const { path } = announce(await chooseElectron({ retryDownload }));
  // The path is right even where this machine cannot run it yet.
  await ensureSystemLibraries(path).catch(reportFailure);
  console.log(path);
});
