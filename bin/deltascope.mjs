#!/usr/bin/env node
/**
 * `deltascope`: starts the command line on plain Node. In a clone it first installs and builds what is
 * out of date, as `npm start` does, and says so on standard error; what is installed as a package
 * brings its build along.
 */
import { existsSync } from 'node:fs';

const program = new URL('../out/cli/deltascope.cjs', import.meta.url);
const isClone = existsSync(new URL('../src-cli', import.meta.url));

if (!isClone || (await isBuilt())) await import(program.href);
// As for any input that can't be read.
else process.exitCode = 2;

/** A look at the times of the sources, as long as nothing has to be done. */
async function isBuilt() {
  const { COMMAND_LINE, isBuildFresh } = await import('../scripts/build-freshness.mjs');
  if (isBuildFresh(COMMAND_LINE)) return true;
  const { ensureCommandLine } = await import('../scripts/build.mjs');
  try {
    await ensureCommandLine();
    return true;
  } catch (error) {
    const { reportFailure } = await import('../scripts/progress.mjs');
    reportFailure(error);
    return false;
  }
}
