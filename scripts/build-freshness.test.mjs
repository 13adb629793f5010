import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { APP, COMMAND_LINE, isBuildFresh, recordBuild, sourcesDigest } from './build-freshness.mjs';
import { temporaryFolder } from './testing/temporary-folder.mjs';

/** @type {string} */
let root;
beforeEach(() => {
  root = temporaryFolder({
    'package.json': '{}',
    'src-core/a.ts': 'export const a = 1;',
    'src-core/a.test.ts': 'test();',
    'src-core/testing/recordings/a.sse': '',
    'src-main/deep/b.ts': '',
    'src-renderer/App.svelte': '',
    'src-cli/deltascope.ts': '',
    'out/main/main.cjs': '',
    'out/cli/deltascope.cjs': '',
  });
  recordAll();
});
/** @param {string} name */
const inRoot = (name) => join(root, name);
const recordAll = () => {
  for (const product of [APP, COMMAND_LINE]) {
    recordBuild(product, sourcesDigest(product, root), root);
  }
};
const freshOnes = () => ({
  app: isBuildFresh(APP, root),
  commandLine: isBuildFresh(COMMAND_LINE, root),
});

test('a build of these sources is fresh', () => {
  expect(freshOnes()).toEqual({ app: true, commandLine: true });
});

test('a changed, touched, new or removed source makes it stale', () => {
  const stale = { app: false, commandLine: false };
  writeFileSync(inRoot('src-core/a.ts'), 'export const a = 12;');
  expect(freshOnes()).toEqual(stale);
  recordAll();

  utimesSync(inRoot('src-main/deep/b.ts'), 1, 1);
  expect(freshOnes()).toEqual(stale);
  recordAll();

  writeFileSync(inRoot('src-main/c.ts'), '');
  expect(freshOnes()).toEqual(stale);
  rmSync(inRoot('src-main/c.ts'));
  expect(freshOnes()).toEqual({ app: true, commandLine: true });

  rmSync(inRoot('src-main/deep/b.ts'));
  expect(freshOnes()).toEqual(stale);
});

test('the page is no part of the command line, nor that of the app', () => {
  writeFileSync(inRoot('src-renderer/App.svelte'), '<p></p>');
  expect(freshOnes()).toEqual({ app: false, commandLine: true });
  recordAll();
  writeFileSync(inRoot('src-cli/deltascope.ts'), 'run();');
  expect(freshOnes()).toEqual({ app: true, commandLine: false });
});

test('a test and what only tests use is no part of the build', () => {
  writeFileSync(inRoot('src-core/a.test.ts'), 'test(1);');
  writeFileSync(inRoot('src-core/testing/recordings/a.sse'), 'data: 1');
  expect(freshOnes()).toEqual({ app: true, commandLine: true });
});

test('without its output it is no build', () => {
  rmSync(inRoot('out/main/main.cjs'));
  rmSync(inRoot('out/cli/deltascope.cjs'));
  expect(freshOnes()).toEqual({ app: false, commandLine: false });
});
