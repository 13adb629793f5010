/**
 * Holds back the app's `ready` until the automation tool that its command line announces has
 * attached. Playwright connects while the app starts, and a Chromium 114 that gets a debugger in the
 * midst of a window's first navigation does not report that navigation: the tool then waits for ever
 * (in 5 of 120 starts on a busy machine). Playwright calls `__playwright_run` when it is there.
 *
 * Without such a tool on the command line this does nothing.
 */
'use strict';

const { app } = require('electron');

/** A debugger that is not Playwright never says that it is there. */
const LIMIT_MS = 5000;

const isAutomated = ['--inspect', '--remote-debugging-port'].every((flag) =>
  process.argv.some((argument) => argument.startsWith(flag)),
);

if (isAutomated && !('__playwright_run' in globalThis)) {
  const attached = new Promise((resolve) => {
    globalThis.__playwright_run = resolve;
    setTimeout(resolve, LIMIT_MS);
  });
  const { whenReady, emit } = app;
  app.whenReady = async () => {
    await whenReady.call(app);
    await attached;
  };
  app.emit = (event, ...details) => {
    if (event !== 'ready') return emit.call(app, event, ...details);
    void attached.then(() => emit.call(app, event, ...details));
    return true;
  };
}
