import { expect, test } from 'vitest';
import { isInstalled } from './dependencies.mjs';

const svelte = { version: '5.1.0', integrity: 'sha512-a' };
const binary = { version: '1.0.0', integrity: 'sha512-b', optional: true };
const leftover = { version: '2.0.0', integrity: 'sha512-d', extraneous: true };
const lockfile = {
  packages: {
    '': {},
    'node_modules/svelte': svelte,
    'node_modules/x': binary,
    'node_modules/y': leftover,
  },
};

test.each([
  ['all of it', { 'node_modules/svelte': svelte, 'node_modules/x': binary }, true],
  ["not another platform's binary", { 'node_modules/svelte': svelte }, true],
  ['something more', { 'node_modules/svelte': svelte, 'node_modules/more': svelte }, true],
  ['another version', { 'node_modules/svelte': { ...svelte, version: '5.0.0' } }, false],
  ['another file', { 'node_modules/svelte': { ...svelte, integrity: 'sha512-c' } }, false],
  ['not all of it', { 'node_modules/x': binary }, false],
])('installed is %s', (_, packages, expected) => {
  expect(isInstalled(lockfile, { packages })).toBe(expected);
});
