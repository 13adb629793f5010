import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolderMessage, prepareDataFolder } from './data-folder.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

test('folders are made, for their owner alone', () => {
  const folder = join(temporaryFolder(), 'a', 'b');
  prepareDataFolder(folder, join(folder, 'chromium'));
  expect(statSync(join(folder, 'chromium')).isDirectory()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o077).toBe(0);
});

test('a folder that is a file is refused with what to do', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  for (const folder of [file, join(file, 'below')]) {
    expect(() => prepareDataFolder(folder)).toThrow(
      `Deltascope can't keep captures in ${folder}: it, or a part of its path, is a file.`,
    );
  }
});

// Root may write anywhere, so the system is not asked here.
test.each([
  ['EACCES', 'it may not be written. Make the folder writable, or name another one with'],
  ['EROFS', 'its disk is read-only.'],
  ['ENOSPC', 'its disk is full.'],
  ['EIO', 'broken.'],
])('%s is said: %s', (code, text) => {
  const error = Object.assign(new Error('broken'), { code });
  expect(dataFolderMessage('/data', error)).toContain(`captures in /data: ${text}`);
});
