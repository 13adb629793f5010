/**
 * Stands in for Electron's own default app, which a packaged Electron has lost: runs the app in
 * the folder that the arguments name. It does what Electron's `default_app` does for a folder, so
 * that the app cannot tell the two apart. Runs inside Electron 25, not in Node.
 */
'use strict';

const { existsSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { app } = require('electron');
require('./hold-for-debugger.cjs');

const [, ...argv] = process.argv;
const folder = argv.find((argument) => !argument.startsWith('-'));

if (folder) {
  runApp(resolve(folder));
} else if (argv.includes('--version') || argv.includes('-v')) {
  console.log(`v${process.versions.electron}`);
  app.exit(0);
} else {
  console.error('electron: name the folder of an app');
  app.exit(2);
}

/** @param {string} path */
function runApp(path) {
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  try {
    const packageFile = join(path, 'package.json');
    if (existsSync(packageFile)) {
      const { name, productName, version } = require(packageFile);
      if (version) app.setVersion(version);
      if (productName || name) app.setName(productName || name);
      app.setDesktopName(`${app.name}.desktop`);
    }
    app.setAppPath(path);
    require(path);
  } catch (error) {
    // Electron would show a dialog and wait, and without a display nobody can close it.
    console.error('App threw an error during load');
    console.error(error);
    app.exit(1);
  }
}
