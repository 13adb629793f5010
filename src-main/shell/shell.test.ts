import { readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { MENU_COMMANDS } from '../../src-ipc/contract.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { CONTENT_SECURITY_POLICY, devServerOf, fileOf, headersOf, isOwnUrl } from './app-files.ts';
import { Log, withoutSecrets } from './log.ts';
import { menuTemplate } from './menu.ts';
import { windowBounds } from './window-bounds.ts';

describe('files of the page', () => {
  const root = join(sep, 'app', 'renderer');

  test.each([
    ['app://deltascope/', 'index.html'],
    ['app://deltascope/index.html', 'index.html'],
    ['app://deltascope/assets/a%20b.js?x#y', 'assets/a b.js'],
    ['app://deltascope/assets/../index.html', 'index.html'],
    ['app://deltascope/../../etc/passwd', 'etc/passwd'],
  ])('%s is %s', (url, file) => {
    expect(fileOf(root, url)).toBe(join(root, file));
  });

  test.each([
    'app://deltascope/..%2f..%2fetc%2fpasswd',
    'app://deltascope/%2e%2e%2f%2e%2e%2fetc',
    'app://deltascope/a%2f..%2f..%2f..%2fx',
    'app://deltascope/%00',
    'app://deltascope/%E0%A4%A',
    'app://other/index.html',
    'app://deltascope.evil/index.html',
    'file:///etc/passwd',
    'nonsense',
  ])('%s is none', (url) => {
    expect(fileOf(root, url)).toBeNull();
  });

  test('every answer carries the policy', () => {
    for (const path of ['a.html', 'a.js', 'a.unknown']) {
      expect(headersOf(path)['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
    }
    expect(CONTENT_SECURITY_POLICY).toContain("script-src 'self';");
    expect(CONTENT_SECURITY_POLICY).not.toContain('unsafe-eval');
    // Nothing is loaded from a network: sound and images are made of what is here.
    expect(CONTENT_SECURITY_POLICY).toContain("img-src 'self' data:; media-src blob:;");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/https?:|\*/);
    expect(headersOf('x.JS')['content-type']).toMatch(/^text\/javascript/);
  });

  test.each([
    ['app://deltascope/index.html', null, true],
    ['app://deltascope.evil/', null, false],
    ['app://evil/deltascope', null, false],
    ['https://deltascope/', null, false],
    ['http://localhost:5173/x', 'http://localhost:5173', true],
    ['http://localhost:5173.evil/x', 'http://localhost:5173', false],
    ['https://localhost:5173/x', 'http://localhost:5173', false],
    ['http://localhost:5173/x', null, false],
    ['about:blank', null, false],
    ['', null, false],
  ])('%s (development server %s) is our own: %s', (url, devServer, own) => {
    expect(isOwnUrl(url, devServer)).toBe(own);
  });
});

test.each([
  ['http://localhost:5173', true],
  ['http://127.0.0.1:5173/', true],
  ['http://[::1]:5173', true],
  ['https://localhost:5173', false],
  ['http://localhost.evil.test:5173', false],
  ['http://127.0.0.1.evil.test', false],
  ['http://localhost@evil.test', false],
  ['http://user:pw@localhost:5173', false],
  ['http://192.168.0.7:5173', false],
  ['file:///tmp/x.html', false],
  ['nonsense', false],
  ['', false],
  [undefined, false],
])('the environment may name %s as development server: %s', (value, allowed) => {
  expect(devServerOf(value)).toBe(allowed ? value : null);
});

describe('the menu', () => {
  const run: string[] = [];
  const items = (platform: NodeJS.Platform) => {
    const flat = (list: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
      list.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
    return flat(menuTemplate({ platform, appName: 'X', command: (command) => run.push(command) }));
  };

  test.each(['linux', 'win32', 'darwin'] as const)(
    'on %s it has every command once',
    (platform) => {
      const ids = items(platform).flatMap((item) => item.id ?? []);
      expect([...ids].sort()).toEqual([...MENU_COMMANDS].sort());
    },
  );

  test('no accelerator is taken twice, and keys for typing are left to the page', () => {
    for (const platform of ['linux', 'darwin'] as const) {
      const keys = items(platform).flatMap((item) => item.accelerator ?? []);
      expect(new Set(keys).size).toBe(keys.length);
    }
    for (const item of items('linux')) {
      if (item.accelerator && !item.accelerator.includes('+'))
        expect(item.registerAccelerator).toBe(false);
    }
    for (const { accelerator } of items('darwin'))
      if (accelerator) expect(accelerator).toContain('+');
  });

  test('an item runs its command', () => {
    const item = items('linux').find(({ id }) => id === 'send');
    (item?.click as () => void)();
    expect(run).toEqual(['send']);
  });
});

describe('the window', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 };
  const second = { x: 1920, y: 0, width: 1280, height: 984 };
  const at = (x: number, y: number, width = 1200, height = 800) => ({
    x,
    y,
    width,
    height,
    maximized: false,
  });

  test('comes back where it was', () => {
    expect(windowBounds(at(100, 50), [screen])).toEqual({
      x: 100,
      y: 50,
      width: 1200,
      height: 800,
    });
    expect(windowBounds(at(2000, 50), [screen, second])).toMatchObject({ x: 2000, y: 50 });
  });

  test.each([
    ['a display that is gone', at(2000, 50)],
    ['above the screen', at(100, -300)],
    ['below the screen', at(100, 1030)],
    ['left of the screen', at(-1190, 50)],
    ['nowhere', at(1e9, 1e9)],
  ])('%s: the system places it', (_name, stored) => {
    const bounds = windowBounds(stored, [screen]);
    expect(bounds.x).toBeUndefined();
    expect(bounds.width).toBe(1200);
  });

  test('is never larger than the screen or too small to use', () => {
    expect(windowBounds(at(0, 0, 9000, 9000), [screen])).toMatchObject({
      width: 1920,
      height: 1040,
    });
    expect(windowBounds(at(0, 0, 10, 10), [screen])).toMatchObject({ width: 720, height: 480 });
    expect(windowBounds(null, [{ ...screen, width: 1280, height: 900 }])).toEqual({
      width: 1280,
      height: 900,
    });
  });
});

describe('the log', () => {
  test.each([
    ['Bearer sk-abcdef123456', 'Bearer •••'],
    ['key sk-proj-abcdef123456 end', 'key ••• end'],
    ['"api-key": "abc"', '"api-key": "•••"'],
    ['http://user:pw@proxy:80/', 'http://•••@proxy:80/'],
    ['Authorization: xyz', 'Authorization: •••'],
    ['nothing special, 14 tokens', 'nothing special, 14 tokens'],
  ])('%s is written as %s', (text, written) => {
    expect(withoutSecrets(text)).toBe(written);
  });

  test('grows to a megabyte, then starts anew and keeps one older file', () => {
    const path = join(temporaryFolder(), 'logs', 'x.log');
    const log = new Log(path);
    log.write('first');
    expect(readFileSync(path, 'utf8')).toMatch(/^\d{4}-.*Z first\n$/);
    writeFileSync(path, 'x'.repeat(1024 * 1024 + 1));
    log.write('second');
    expect(readFileSync(path, 'utf8')).toMatch(/second\n$/);
    expect(readFileSync(`${path}.1`, 'utf8')).toHaveLength(1024 * 1024 + 1);
  });
});
