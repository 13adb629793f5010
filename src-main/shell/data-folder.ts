import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app } from 'electron';
import { switchValue } from '../command-line.ts';

/**
 * Decides where everything is kept, before the app is ready: `--user-data-dir`, else the environment's
 * `DELTASCOPE_DATA`, else the system's place for this app. Chromium's own files go into a folder of
 * their own in it.
 */
export function chooseDataFolder(): string {
  const chosen = switchValue(process.argv, 'user-data-dir') || process.env.DELTASCOPE_DATA;
  const folder = chosen ? resolve(chosen) : app.getPath('userData');
  const chromium = join(folder, 'chromium');
  // Chromium writes into it before it would make it.
  mkdirSync(chromium, { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
  app.setPath('sessionData', chromium);
  return folder;
}
