/** The shared libraries of the system that Electron needs on Linux, and Xvfb without a display. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { lastLines, run } from './commands.mjs';
import { hasDisplay } from './display.mjs';
import { SetupError, say } from './progress.mjs';
import { isRootOnLinux } from './project.mjs';

/**
 * Package managers in the order in which they are looked for, with what provides Electron's
 * libraries and Xvfb there.
 */
const PACKAGE_MANAGERS = [
  {
    program: 'apt-get',
    install: 'apt-get install -y',
    libraries: [
      'libgtk-3-0',
      'libnss3',
      'libasound2',
      'libgbm1',
      'libxss1',
      'libxtst6',
      'libatk-bridge2.0-0',
      'libdrm2',
    ],
    xvfb: 'xvfb',
  },
  {
    program: 'dnf',
    install: 'dnf install -y',
    libraries: 'gtk3 nss alsa-lib mesa-libgbm libXScrnSaver libXtst at-spi2-atk libdrm'.split(' '),
    xvfb: 'xorg-x11-server-Xvfb',
  },
  {
    program: 'zypper',
    install: 'zypper install -y',
    libraries: 'libgtk-3-0 mozilla-nss libasound2 libgbm1 libXss1 libXtst6 libdrm2'.split(' '),
    xvfb: 'xorg-x11-server-Xvfb',
  },
  {
    program: 'pacman',
    install: 'pacman -S --needed --noconfirm',
    libraries: 'gtk3 nss alsa-lib mesa libxss libxtst at-spi2-core libdrm'.split(' '),
    xvfb: 'xorg-server-xvfb',
  },
];

/** @typedef {(typeof PACKAGE_MANAGERS)[number]} PackageManager */

/**
 * Makes sure that Electron finds its libraries, and Xvfb where there is no display: installs them
 * as root on Debian and its kin, else names the command that does.
 * @param {string} executable
 */
export async function ensureSystemLibraries(executable) {
  if (process.platform !== 'linux') return;
  const missing = await missingParts(executable);
  if (missing.length === 0) return;

  const manager = PACKAGE_MANAGERS.find(({ program }) => onPath(program));
  if (manager?.program === 'apt-get' && isRootOnLinux) {
    await installWithApt(manager);
    const stillMissing = await missingParts(executable);
    if (stillMissing.length === 0) return;
    throw new SetupError(
      `${manager.install} ran, but these are still missing: ${stillMissing.join(', ')}.`,
      'Install the packages that provide them, then run the same command again.',
    );
  }
  throw new SetupError(
    `Electron needs parts of the system that are missing: ${missing.join(', ')}.`,
    manager
      ? `Run: sudo ${manager.install} ${(await packagesOf(manager)).join(' ')}`
      : 'Install GTK 3, NSS, ALSA, GBM, libXss, libXtst, AT-SPI, libdrm and Xvfb.',
  );
}

/** @param {PackageManager} manager */
async function installWithApt(manager) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt may be at work, for example the one that updates a new machine.
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  say('Installing system libraries (apt-get)');
  // A mirror that fails to update may still have what is needed.
  await run('apt-get', [...wait, 'update'], { env });
  const packages = await packagesOf(manager);
  const { code, output } = await run('apt-get', [...wait, 'install', '-y', ...packages], { env });
  if (code !== 0) {
    throw new SetupError(
      `apt-get ended with exit code ${code}.\n${lastLines(output)}`,
      `Run: apt-get update && ${manager.install} ${packages.join(' ')}`,
    );
  }
}

/**
 * The packages to install, with Xvfb only where it is needed.
 * @param {PackageManager} manager
 */
async function packagesOf(manager) {
  const packages = hasDisplay() ? manager.libraries : [...manager.libraries, manager.xvfb];
  if (manager.program !== 'apt-get') return packages;
  // Debian 13 and Ubuntu 24.04 renamed some libraries for their 64-bit time, and there is no
  // package with the old name of some.
  return Promise.all(
    packages.map(async (name) => {
      const { code } = await run('apt-cache', ['show', `${name}t64`]);
      return code === 0 ? `${name}t64` : name;
    }),
  );
}

/** @param {string} executable */
async function missingParts(executable) {
  const parts = missingLibraries((await run('ldd', [executable])).output);
  return hasDisplay() || onPath('Xvfb') ? parts : [...parts, 'Xvfb'];
}

/**
 * The libraries that ldd did not find.
 * @param {string} lddOutput
 */
export function missingLibraries(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
}

/** @param {string} program */
function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => existsSync(join(folder, program)));
}
