/** `npm run dev [-- FILE...]`: the app with hot reload. */
import { resolve } from 'node:path';
import { runApp } from './app-process.mjs';
import { electronVite } from './build.mjs';
import { openDisplay } from './display.mjs';
import { launchArguments, launchEnvironment } from './electron.mjs';
import { runScript, say } from './progress.mjs';
import { projectRoot } from './project.mjs';
import { prepareElectron } from './setup.mjs';

await runScript(async () => {
  const electron = await prepareElectron();
  const display = await openDisplay();
  if (display.isVirtual) say(`There is no display: the window is on ${display.env.DISPLAY}`);
  const files = process.argv.slice(2).map((file) => resolve(process.env.INIT_CWD ?? '.', file));
  const code = await runApp(
    process.execPath,
    [electronVite, 'dev', '--', ...launchArguments(), ...display.arguments, ...files],
    // Named here, so that electron-vite does not look for the official one.
    { ...launchEnvironment(), ...display.env, ELECTRON_EXEC_PATH: electron },
    projectRoot,
  );
  await display.close();
  return code;
});
