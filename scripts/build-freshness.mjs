/** Whether the build in `out/` is the build of these sources. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, readJson } from './project.mjs';

/** What the build reads, beside all folders called `src-...`. */
const BUILD_FILES = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
];

/** @param {string} root */
const stampFile = (root) => join(root, 'out', 'build-of');

/**
 * A digest of the names, sizes and times of all sources. Their content is not read: this runs at
 * every start.
 * @param {string} [root]
 */
export function sourcesDigest(root = projectRoot) {
  const hash = createHash('sha256');
  const folders = readdirSync(root).filter((name) => name.startsWith('src-'));
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  );
  for (const name of [...BUILD_FILES, ...sources].sort()) {
    if (/\.test\.ts$/.test(name)) continue;
    const stat = statSync(join(root, name), { throwIfNoEntry: false });
    // A folder changes its time with every temporary file of an editor.
    if (stat?.isFile()) hash.update(`${name}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/**
 * True when the sources are what they were before the last complete build.
 * @param {string} [root]
 */
export function isBuildFresh(root = projectRoot) {
  const main = readJson(join(root, 'package.json'))?.main;
  const stamp = stampFile(root);
  if (!main || !existsSync(join(root, main)) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === sourcesDigest(root);
}

/**
 * Records that `out/` is the build of the sources with this digest, taken before the build began:
 * what was edited meanwhile may not be in it.
 * @param {string} digest
 * @param {string} [root]
 */
export function recordBuild(digest, root = projectRoot) {
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(stampFile(root), digest);
}
