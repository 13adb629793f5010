import { realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';

export interface Invocation {
  /** As the system gave them, the executable first. */
  argv: readonly string[];
  /** What relative paths are relative to. */
  workingDirectory: string;
  /** The app's folder, which an unpackaged Electron gets as an argument; null when packaged. */
  appFolder: string | null;
}

/** Flags of Node and Electron whose value is an argument of its own. */
const FLAGS_WITH_VALUE = new Set(['-r', '--require', '-i', '--import', '--loader']);

/**
 * The files that a command line names, absolute. Flags are for Chromium, Electron and Playwright;
 * after `--` everything is a file.
 */
export function filesOf({ argv, workingDirectory, appFolder }: Invocation): string[] {
  const files: string[] = [];
  let app = appFolder;
  let onlyFiles = false;
  for (let index = 1; index < argv.length; index++) {
    const argument = argv[index]!;
    if (argument === '') continue;
    if (!onlyFiles && argument === '--') onlyFiles = true;
    else if (!onlyFiles && FLAGS_WITH_VALUE.has(argument)) index++;
    else if (!onlyFiles && argument.startsWith('-')) continue;
    else {
      const path = isAbsolute(argument) ? argument : resolve(workingDirectory, argument);
      // Only the first one can be the app itself; the same folder named again is a person's mistake.
      if (app !== null && isApp(path, app)) app = null;
      else files.push(path);
    }
  }
  return files;
}

/** The value of `--name=value`, `''` where it is not given. */
export function switchValue(argv: readonly string[], name: string): string {
  const prefix = `--${name}=`;
  return argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? '';
}

function isApp(path: string, app: string): boolean {
  const real = realPath(path);
  const root = realPath(app);
  return real === root || real === resolve(root, 'out/main/main.cjs');
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
