/** `npm run screenshots`: renders the pictures of the README with the real app. */
import { ensureBuild } from './build.mjs';
import { runPlaywright } from './playwright.mjs';
import { runScript, say } from './progress.mjs';
import { prepareElectron } from './setup.mjs';

await runScript(async () => {
  const electron = await prepareElectron();
  await ensureBuild();
  say('Taking the pictures (e2e/screenshots.ts)');
  const { code } = await runPlaywright('screenshots', electron, process.argv.slice(2));
  return code;
});
