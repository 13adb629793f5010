import { join, resolve } from 'node:path';
import { app, dialog } from 'electron';
import { switchValue } from '../command-line.ts';
import { prepareDataFolder } from '../data-folder.ts';
import { messageOf } from '../refusal.ts';

/**
 * Decides where everything is kept, before the app is ready: `--user-data-dir`, else the environment's
 * `DELTASCOPE_DATA`, else the system's place for this app. Chromium's own files go into a folder of
 * their own in it. Where nothing can be kept the app says so and ends.
 */
export function chooseDataFolder(): string {
  const chosen = switchValue(process.argv, 'user-data-dir') || process.env.DELTASCOPE_DATA;
  const folder = chosen ? resolve(chosen) : app.getPath('userData');
  const chromium = join(folder, 'chromium');
  try {
    // Chromium writes into its own before it would make it.
    prepareDataFolder(folder, chromium);
  } catch (error) {
    // On Linux this goes to the terminal: there is no window yet.
    dialog.showErrorBox('Deltascope can’t start', messageOf(error));
    process.exit(1);
  }
  app.setPath('userData', folder);
  app.setPath('sessionData', chromium);
  return folder;
}
