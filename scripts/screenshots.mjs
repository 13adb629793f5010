/** `npm run screenshots`: renders the pictures of the README with the real app. */
import { ensureBuild } from './build.mjs';
import { openDisplay } from './display.mjs';
import { runPlaywright } from './playwright.mjs';
import { runScript, say } from './progress.mjs';
import { prepareElectron } from './setup.mjs';

await runScript(async () => {
  const electron = await prepareElectron();
  await ensureBuild();
  const display = await openDisplay();
  say('Taking the pictures (e2e/screenshots.ts)');
  const { code } = await runPlaywright('screenshots', electron, display, process.argv.slice(2));
  await display.close();
  return code;
});
