import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Console } from '../console/console.ts';
import type { Source } from '../sources/source.ts';

/**
 * Where code hosts look for a file: relative to the checkout that a workflow runs in (GITHUB_WORKSPACE),
 * else to the working directory, with slashes. A path outside of it stays absolute.
 */
export class Locations {
  readonly #console: Console;

  constructor(console: Console) {
    this.#console = console;
  }

  /** The path as text; null for standard input. */
  pathOf({ path }: Source): string | null {
    if (path === null) return null;
    const { workingDirectory, env } = this.#console;
    const absolute = resolve(workingDirectory, path);
    for (const base of [env.GITHUB_WORKSPACE, workingDirectory]) {
      const below = base ? relative(base, absolute) : '..';
      if (!below.startsWith('..') && !/^[A-Za-z]:/.test(below)) return below.split(sep).join('/');
    }
    return absolute;
  }

  /** The same as a URI: relative, or of a file; `stdin` for standard input. */
  uriOf(source: Source): string {
    const path = this.pathOf(source);
    if (path === null) return 'stdin';
    const isAbsolute = resolve(path) === path;
    return isAbsolute
      ? pathToFileURL(path).href
      : path.split('/').map(encodeURIComponent).join('/');
  }
}
