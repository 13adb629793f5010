import { renameSync, truncateSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isComplete, replaceFolder, writeManifest } from './electron-from-npm.mjs';
import {
  officialElectron,
  recentDownloadFailure,
  rememberDownloadFailure,
} from './electron-official.mjs';
import { chooseElectron, launchEnvironment } from './electron.mjs';
import { cacheFolder } from './project.mjs';
import { missingLibraries } from './system-libraries.mjs';
import { temporaryFolder } from './testing/temporary-folder.mjs';

afterEach(() => vi.unstubAllEnvs());

describe('ELECTRON_EXEC_PATH', () => {
  test('comes first', async () => {
    vi.stubEnv('ELECTRON_EXEC_PATH', process.execPath);
    expect((await chooseElectron()).path).toBe(process.execPath);
  });

  test('must exist', async () => {
    vi.stubEnv('ELECTRON_EXEC_PATH', '/nowhere/electron');
    await expect(chooseElectron()).rejects.toThrow('/nowhere/electron, which does not exist');
  });
});

describe('the official Electron', () => {
  const complete = {
    'package.json': '{ "version": "45.0.0" }',
    'path.txt': 'electron',
    'dist/version': 'v45.0.0',
    'dist/electron': '',
  };

  test('is there when its package has fetched it', () => {
    const folder = temporaryFolder(complete);
    expect(officialElectron(folder).path).toBe(join(folder, 'dist', 'electron'));
  });

  test.each([
    ['its download was interrupted', { ...complete, 'path.txt': '' }],
    ['an upgrade left the old one', { ...complete, 'dist/version': '44.0.0' }],
    ['its executable is gone', { ...complete, 'path.txt': 'electron.exe' }],
  ])('is not there when %s', (_, files) => {
    expect(officialElectron(temporaryFolder(files))).toEqual({ version: '45.0.0' });
  });
});

test('a failed download is remembered for a day', () => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder({}));
  expect(recentDownloadFailure('45.0.0')).toBeUndefined();

  rememberDownloadFailure('45.0.0', 'fetch failed');
  expect(recentDownloadFailure('45.0.0')).toBe('fetch failed');
  expect(recentDownloadFailure('45.0.1')).toBeUndefined();
  expect(recentDownloadFailure('45.0.0', Date.now() + 25 * 3_600_000)).toBeUndefined();
});

describe('the Electron from npm', () => {
  /** An unpacked one. */
  function unpacked() {
    const folder = temporaryFolder({ electron: 'binary', 'locales/de.pak': 'texts' });
    writeManifest(folder);
    return folder;
  }

  test('is complete after its unpack', () => {
    expect(isComplete(unpacked())).toBe(true);
  });

  test('is incomplete with a truncated, missing or unlisted part', () => {
    const truncated = unpacked();
    truncateSync(join(truncated, 'locales/de.pak'), 2);
    expect(isComplete(truncated)).toBe(false);

    const missing = unpacked();
    renameSync(join(missing, 'electron'), join(missing, 'elsewhere'));
    expect(isComplete(missing)).toBe(false);

    const interrupted = temporaryFolder({ electron: 'bin' });
    expect(isComplete(interrupted)).toBe(false);
  });

  test('takes the place of a damaged one', () => {
    const cache = temporaryFolder({ 'final/electron': 'bin' });
    replaceFolder(unpacked(), join(cache, 'final'), join(cache, 'aside'));
    expect(isComplete(join(cache, 'final'))).toBe(true);
  });

  test('gives way to one that another start has just put there', () => {
    const winner = unpacked();
    replaceFolder(unpacked(), winner, join(winner, 'aside'));
    expect(isComplete(winner)).toBe(true);
  });
});

test('the libraries that ldd did not find are named', () => {
  const output = `
	linux-vdso.so.1 (0x00007ffc)
	libgtk-3.so.0 => not found
	libdl.so.2 => /lib/x86_64-linux-gnu/libdl.so.2 (0x00007f)
	libnss3.so => not found
`;
  expect(missingLibraries(output)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
  expect(missingLibraries('	not a dynamic executable')).toEqual([]);
});

test('Electron is not told to be a plain Node', () => {
  expect(launchEnvironment({ ELECTRON_RUN_AS_NODE: '1', HOME: '/home/ada' })).toEqual({
    HOME: '/home/ada',
  });
});

test('a relative XDG_CACHE_HOME is ignored', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/tmp/cache' })).toBe(join('/tmp/cache', 'deltascope'));
  expect(isAbsolute(cacheFolder({ XDG_CACHE_HOME: 'cache' }))).toBe(true);
});
