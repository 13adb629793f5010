/** What every command that opens a window needs first. Each part skips what is done. */
import { ensureDependencies } from './dependencies.mjs';
import { announce, chooseElectron } from './electron.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

/**
 * Installs the packages, gets an Electron and the libraries it needs.
 * @returns {Promise<string>} the path of the Electron to run
 */
export async function prepareElectron() {
  await ensureDependencies();
  const { path } = announce(await chooseElectron());
  await ensureSystemLibraries(path);
  return path;
}
