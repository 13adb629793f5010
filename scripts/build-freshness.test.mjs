import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { isBuildFresh, recordBuild, sourcesDigest } from './build-freshness.mjs';
import { temporaryFolder } from './testing/temporary-folder.mjs';

/** @type {string} */
let root;
beforeEach(() => {
  root = temporaryFolder({
    'package.json': JSON.stringify({ main: 'out/main/main.cjs' }),
    'src-core/a.ts': 'export const a = 1;',
    'src-core/a.test.ts': 'test();',
    'src-main/deep/b.ts': '',
    'out/main/main.cjs': '',
  });
  recordBuild(sourcesDigest(root), root);
});
/** @param {string} name */
const inRoot = (name) => join(root, name);

test('a build of these sources is fresh', () => {
  expect(isBuildFresh(root)).toBe(true);
});

test('a changed, touched, new or removed source makes it stale', () => {
  writeFileSync(inRoot('src-core/a.ts'), 'export const a = 12;');
  expect(isBuildFresh(root)).toBe(false);
  recordBuild(sourcesDigest(root), root);

  utimesSync(inRoot('src-main/deep/b.ts'), 1, 1);
  expect(isBuildFresh(root)).toBe(false);
  recordBuild(sourcesDigest(root), root);

  writeFileSync(inRoot('src-main/c.ts'), '');
  expect(isBuildFresh(root)).toBe(false);
  rmSync(inRoot('src-main/c.ts'));
  expect(isBuildFresh(root)).toBe(true);

  rmSync(inRoot('src-main/deep/b.ts'));
  expect(isBuildFresh(root)).toBe(false);
});

test('a test is no part of the build', () => {
  writeFileSync(inRoot('src-core/a.test.ts'), 'test(1);');
  expect(isBuildFresh(root)).toBe(true);
});

test('without its output it is no build', () => {
  rmSync(inRoot('out/main/main.cjs'));
  expect(isBuildFresh(root)).toBe(false);
});
