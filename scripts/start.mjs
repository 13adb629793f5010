/** `npm start [FILE...]`: opens the window, after doing whatever is still to be done for that. */
import { isAbsolute, resolve } from 'node:path';
import { ensureBuild } from './build.mjs';
import { openDisplay } from './display.mjs';
import { launchArguments, launchEnvironment } from './electron.mjs';
import { runApp } from './app-process.mjs';
import { runScript, say } from './progress.mjs';
import { projectRoot } from './project.mjs';
import { prepareElectron } from './setup.mjs';

await runScript(async () => {
  const electron = await prepareElectron();
  await ensureBuild();
  const display = await openDisplay();
  if (display.isVirtual) {
    say(
      `There is no display: the window opens on a virtual one (${display.env.DISPLAY}), where ` +
        'nobody sees it. `npm run screenshots` makes pictures of it; Ctrl+C ends it.',
    );
  }
  const files = process.argv.slice(2).map(fromUsersFolder);
  const code = await runApp(
    electron,
    [...launchArguments(), ...display.arguments, projectRoot, ...files],
    { ...launchEnvironment(), ...display.env },
  );
  await display.close();
  return code;
});

/**
 * npm runs this script in the root of the repository, and INIT_CWD is where the person was.
 * @param {string} argument
 */
function fromUsersFolder(argument) {
  if (argument.startsWith('-') || isAbsolute(argument)) return argument;
  return resolve(process.env.INIT_CWD ?? process.cwd(), argument);
}
