import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, switchValue } from './command-line.ts';
import { filesOfSecondInstance } from './shell/second-instance.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

test.each([
  [['electron', '/app', 'a.sse'], ['/here/a.sse']],
  [['electron', '/app'], []],
  [['electron', '.', 'a.sse'], ['/here/a.sse']],
  [['electron', '/app/out/main/main.cjs', '/x/b.sse'], ['/x/b.sse']],
  [
    ['electron', '--no-sandbox', '/app', '--inspect=0', '--remote-debugging-port=0', 'a.sse'],
    ['/here/a.sse'],
  ],
  [['electron', '-r', '/loader.js', '/app', 'a.sse'], ['/here/a.sse']],
  [
    ['electron', '/app', '--user-data-dir=/tmp/x', 'a.sse', '../b.sse'],
    ['/here/a.sse', '/b.sse'],
  ],
  [['electron', '/app', '--', '--odd-name.sse'], ['/here/--odd-name.sse']],
  [['electron', '/app', '/app'], ['/app']],
  [['electron', '/app', ''], []],
])('%j opens %j', (argv, files) => {
  const workingDirectory = '/here';
  const appFolder = argv[1] === '.' ? '/here' : '/app';
  expect(filesOf({ argv, workingDirectory, appFolder })).toEqual(files);
});

test('a packaged app has no folder among its arguments', () => {
  const argv = ['/opt/deltascope', 'a.sse'];
  expect(filesOf({ argv, workingDirectory: '/here', appFolder: null })).toEqual(['/here/a.sse']);
});

test('the app is known by its real path', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'app'));
  symlinkSync(join(folder, 'app'), join(folder, 'link'));
  const argv = ['electron', 'link', 'a.sse'];
  const files = filesOf({ argv, workingDirectory: folder, appFolder: join(folder, 'app') });
  expect(files).toEqual([join(folder, 'a.sse')]);
});

test('a switch has its value', () => {
  expect(switchValue(['x', '--user-data-dir=/a b'], 'user-data-dir')).toBe('/a b');
  expect(switchValue(['x'], 'user-data-dir')).toBe('');
});

test('only files come over from a second start', () => {
  expect(filesOfSecondInstance({ files: ['/a'] })).toEqual(['/a']);
  for (const data of [null, undefined, 'x', { files: 'x' }, { files: [1] }]) {
    expect(filesOfSecondInstance(data)).toEqual([]);
  }
});
