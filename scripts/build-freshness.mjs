/** Whether what is in `out/` was built of these sources. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from './project.mjs';

/**
 * Something that is built.
 * @typedef {object} Product
 * @property {string} output the file that proves that it is there
 * @property {string} stamp the file that says of what it was built
 * @property {string[]} files what its build reads beside the folders
 * @property {(folder: string) => boolean} reads whether its build reads a folder called `src-...`
 */

/** @type {Product} */
export const APP = {
  output: 'out/main/main.cjs',
  stamp: 'out/build-of',
  files: ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json'],
  reads: (folder) => folder !== 'src-cli',
};

/** @type {Product} */
export const COMMAND_LINE = {
  output: 'out/cli/deltascope.cjs',
  stamp: 'out/cli-build-of',
  files: ['package.json', 'package-lock.json', 'cli.vite.config.ts', 'tsconfig.json'],
  reads: (folder) => folder !== 'src-renderer',
};

/**
 * A digest of the names, sizes and times of all sources. Their content is not read: this runs at
 * every start.
 * @param {Product} product
 * @param {string} [root]
 */
export function sourcesDigest(product, root = projectRoot) {
  const hash = createHash('sha256');
  const folders = readdirSync(root).filter((name) => name.startsWith('src-'));
  const sources = folders.filter(product.reads).flatMap((folder) => filesIn(root, folder));
  for (const name of [...product.files, ...sources].sort()) {
    const stat = statSync(join(root, name), { throwIfNoEntry: false });
    // A folder changes its time with every temporary file of an editor.
    if (stat?.isFile()) hash.update(`${name}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/**
 * The files of a folder that a build may read: all but tests and what only tests use.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : filesIn(root, name);
    return /\.test\.ts$/.test(name) ? [] : [name];
  });
}

/**
 * True when the sources are what they were before the last complete build.
 * @param {Product} product
 * @param {string} [root]
 */
export function isBuildFresh(product, root = projectRoot) {
  const stamp = join(root, product.stamp);
  if (!existsSync(join(root, product.output)) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === sourcesDigest(product, root);
}

/**
 * Records that `out/` has the build of the sources with this digest, taken before the build began:
 * what was edited meanwhile may not be in it.
 * @param {Product} product
 * @param {string} digest
 * @param {string} [root]
 */
export function recordBuild(product, digest, root = projectRoot) {
  const stamp = join(root, product.stamp);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}
