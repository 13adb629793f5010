/**
 * Which layer may import what. Imports run one way: core imports nothing; ipc imports core; main
 * imports core, ipc, Node and Electron; the renderer imports core and ipc; the command line
 * imports core, ipc and what of main knows no Electron.
 */
import { builtinModules } from 'node:module';

/**
 * @typedef {object} Layer
 * @property {string[]} layers other layers that it may import
 * @property {boolean} node may import Node's own modules
 * @property {(name: string, file: string) => boolean} packages which packages it may import
 *
 * @typedef {object} Import
 * @property {string} from path of the importing file in the repository, with slashes
 * @property {string} to the specifier, or for a relative one the path that it leads to
 * @property {boolean} isRelative
 */

const any = () => true;
const none = () => false;
/** @param {string} name */
const notElectron = (name) => name !== 'electron';

/** Scripts that see to the packages first. */
const BUNDLERS = ['scripts/check-imports.mjs', 'scripts/bench.mjs', 'scripts/rules-doc.mjs'];

/** @type {Record<string, Layer>} */
const LAYERS = {
  'src-core': { layers: [], node: false, packages: none },
  'src-ipc': {
    layers: ['src-core'],
    node: false,
    packages: (name, file) =>
      name === 'valibot' || (name === 'electron' && file === 'src-ipc/preload.ts'),
  },
  'src-main': {
    layers: ['src-core', 'src-ipc'],
    node: true,
    packages: (name, file) => name !== 'electron' || knowsElectron(file),
  },
  'src-renderer': { layers: ['src-core', 'src-ipc'], node: false, packages: notElectron },
  'src-cli': { layers: ['src-core', 'src-ipc', 'src-main'], node: true, packages: notElectron },
  e2e: {
    layers: ['src-core', 'src-ipc', 'src-main', 'src-renderer', 'src-cli', 'scripts'],
    node: true,
    packages: any,
  },
  bench: { layers: ['src-core', 'src-ipc', 'src-main', 'src-cli'], node: true, packages: any },
  // They run before `npm ci`, but for some; the launcher runs inside Electron.
  scripts: {
    layers: [],
    node: true,
    packages: (name, file) =>
      BUNDLERS.includes(file) ||
      (name === 'electron' && file.startsWith('scripts/electron-launcher/')),
  },
};

export const layerNames = Object.keys(LAYERS);

/**
 * The rule that an import breaks, as a sentence, or undefined.
 * @param {Import} it
 * @param {ReadonlySet<string>} declaredPackages the dependencies in package.json
 * @returns {string | undefined}
 */
export function brokenRule({ from, to, isRelative }, declaredPackages) {
  const name = layerOf(from);
  const layer = LAYERS[name];
  if (!layer) return undefined;
  if (isRelative) return brokenByFile(name, layer, from, to);

  const isTestCode = isTest(from);
  if (isNodeModule(to)) {
    if (layer.node || isTestCode) return undefined;
    return `${name} must not import Node's modules: it has to run without Node`;
  }
  const packageName = to.split('/', to.startsWith('@') ? 2 : 1).join('/');
  if (isTestCode && ['vitest', 'fast-check'].includes(packageName)) return undefined;
  if (!declaredPackages.has(packageName)) return `${packageName} is not in package.json`;
  // A test may hold the code against an independent implementation, whatever that is.
  if (isTestCode || layer.packages(packageName, from)) return undefined;
  if (name === 'src-main') return 'only src-main/shell/ and src-main/main.ts may import electron';
  return `${name} must not import the package ${packageName}`;
}

/**
 * @param {string} name
 * @param {Layer} layer
 * @param {string} from
 * @param {string} to
 */
function brokenByFile(name, layer, from, to) {
  const target = layerOf(to);
  if (isTest(to) && !isTest(from) && name !== 'e2e' && name !== 'bench') {
    return 'only tests may import test code';
  }
  if (target === name) {
    if (name === 'src-main' && knowsElectron(to) && !knowsElectron(from) && !isTest(from)) {
      return 'a service must not import what knows Electron: src-main/shell/ and src-main/main.ts';
    }
    return undefined;
  }
  // package.json, configuration files and the like are nobody's layer.
  if (!LAYERS[target]) {
    return layer.node || isTest(from) ? undefined : `${name} must not import ${to}`;
  }
  if (!layer.layers.includes(target)) return `${name} must not import ${target}`;
  if (isPreload(to)) return 'the preload runs by itself: nothing imports it';
  if (name === 'src-cli' && knowsElectron(to)) {
    return 'src-cli must not import what knows Electron: src-main/shell/ and src-main/main.ts';
  }
  return undefined;
}

/**
 * The rule that the name of a file breaks, or undefined.
 * @param {string} path
 */
export function brokenNameRule(path) {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const words = base.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/);
  const vague = words.find((word) => /^(utils?|helpers?|managers?)$/i.test(word));
  return vague && `a file is named after what it knows, not "${vague}"`;
}

/** @param {string} path */
const layerOf = (path) => path.split('/', 1)[0] ?? '';

/** @param {string} path */
const knowsElectron = (path) =>
  path.startsWith('src-main/shell/') || /^src-main\/main(\.ts)?$/.test(path);

/** @param {string} path */
const isPreload = (path) => /^src-ipc\/preload(\.ts)?$/.test(path);

/** Tests, and what only tests use. @param {string} path */
const isTest = (path) => /\.test\.(ts|mjs)$/.test(path) || path.split('/').includes('testing');

/** @param {string} specifier */
function isNodeModule(specifier) {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}
