import { describe, expect, test } from 'vitest';
import { checkImports, importsOf } from './check-imports.mjs';
import { brokenNameRule } from './import-rules.mjs';
import { temporaryFolder } from './testing/temporary-folder.mjs';

/**
 * The violations, as `FILE:LINE`, of a repository with these files.
 * @param {Record<string, string>} files
 */
function violationsIn(files) {
  const manifest = { devDependencies: { valibot: '1', svelte: '5', electron: '45' } };
  const root = temporaryFolder({ 'package.json': JSON.stringify(manifest), ...files });
  return checkImports(root).violations.map(({ file, line }) => `${file}:${line}`);
}

describe('a violation is reported with its line', () => {
  test.each([
    ['core imports Node', 'src-core/a.ts', "import fs from 'node:fs';"],
    ['core imports Node without its prefix', 'src-core/a.ts', "import fs from 'fs';"],
    ['core imports a package', 'src-core/a.ts', "import * as v from 'valibot';"],
    ['core imports another layer', 'src-core/a.ts', "import '../src-ipc/contract.ts';"],
    ['core imports a type only', 'src-core/a.ts', "import type { A } from '../src-main/a.ts';"],
    ['core imports dynamically', 'src-core/a.ts', "await import('node:fs');"],
    ['core re-exports', 'src-core/a.ts', "export * from '../src-renderer/a.ts';"],
    ['core imports its test code', 'src-core/a.ts', "import './testing/stream.ts';"],
    ['core imports package.json', 'src-core/a.ts', "import data from '../package.json';"],
    ["core's test imports an undeclared package", 'src-core/a.test.ts', "import 'left-pad';"],
    ["core's test imports main", 'src-core/a.test.ts', "import '../src-main/a.ts';"],
    ['ipc imports another package', 'src-ipc/a.ts', "import 'svelte';"],
    ['ipc imports Electron', 'src-ipc/contract.ts', "import 'electron';"],
    ['ipc imports Node', 'src-ipc/a.ts', "import 'node:path';"],
    ['a service imports Electron', 'src-main/captures/log.ts', "import { app } from 'electron';"],
    ['a service requires Electron', 'src-main/log.ts', "const { app } = require('electron');"],
    ['a service imports the shell', 'src-main/log.ts', "import './shell/window.ts';"],
    ['main imports the renderer', 'src-main/main.ts', "import '../src-renderer/a.ts';"],
    ['main imports the preload', 'src-main/main.ts', "import '../src-ipc/preload.ts';"],
    ['the renderer imports Node', 'src-renderer/a.ts', "import 'node:path';"],
    ['the renderer imports Electron', 'src-renderer/a.ts', "import 'electron/renderer';"],
    ['the renderer imports the preload', 'src-renderer/a.ts', "import '../src-ipc/preload.ts';"],
    ['the renderer imports main', 'src-renderer/a.ts', "import '../src-main/a.ts';"],
    ['the cli imports the shell', 'src-cli/a.ts', "import '../src-main/shell/a.ts';"],
    ['the cli imports Electron', 'src-cli/a.ts', "import 'electron';"],
    ['a package is not declared', 'src-main/a.ts', "import 'left-pad';"],
    ['a script imports a package', 'scripts/a.mjs', "import 'svelte';"],
  ])('%s', (_, file, line) => {
    expect(violationsIn({ [file]: `// A comment\n${line}\n` })).toEqual([`${file}:2`]);
  });
});

test('what is allowed is not reported', () => {
  const allowed = {
    'src-core/a.ts': "import './b/c.ts';\nconst text = `import 'node:fs'`;\n// import 'electron'",
    'src-core/a.test.ts':
      "import 'vitest';\nimport 'fast-check';\nimport 'node:fs';\nimport './a.ts';",
    'src-core/testing/stream.ts': "import { readFileSync } from 'node:fs';",
    'src-ipc/contract.ts': "import 'valibot';\nimport '../src-core/a.ts';",
    'src-ipc/preload.ts': "import { ipcRenderer } from 'electron';",
    'src-main/main.ts': "import 'electron';\nimport './shell/window.ts';",
    'src-main/shell/window.ts': "import 'electron/main';\nimport '../../src-ipc/contract.ts';",
    'src-main/log.ts': "import 'node:fs';\nimport 'valibot';\nimport '../src-core/a.ts';",
    'src-renderer/A.svelte': "<script>import 'svelte';\nimport '../src-core/a.ts';</script>",
    'src-cli/main.ts': "import '../src-main/log.ts';\nimport 'node:process';",
    'e2e/a.e2e.ts': "import '../scripts/electron.mjs';\nimport 'electron';",
  };
  expect(violationsIn(allowed)).toEqual([]);
});

test('the lines of a component are those of its file', () => {
  const component = "<p>import 'fs'</p>\n<script lang=\"ts\">\n  import 'node:fs';\n</script>\n";
  expect(violationsIn({ 'src-renderer/A.svelte': component })).toEqual(['src-renderer/A.svelte:3']);
});

test('a query says how to import, not what', () => {
  expect(importsOf('src-renderer/a.ts', "import W from './b.ts?worker';")).toMatchObject([
    { to: 'src-renderer/b.ts', line: 1 },
  ]);
});

test.each(['src-core/utils.ts', 'src-main/window-manager.ts', 'src-renderer/ListHelper.svelte'])(
  '%s is no name for a file',
  (path) => expect(brokenNameRule(path)).toBeDefined(),
);

test.each(['src-core/utility-belt.ts', 'src-main/management.ts'])('%s is a name', (path) =>
  expect(brokenNameRule(path)).toBeUndefined(),
);
