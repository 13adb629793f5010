/** Checks that imports run one way. Reports each violation as FILE:LINE and the rule it breaks. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { brokenNameRule, brokenRule, layerNames } from './import-rules.mjs';
import { projectRoot, readJson } from './project.mjs';

const SOURCE = /\.(ts|mts|cts|js|mjs|cjs|svelte)$/;

/**
 * @typedef {object} Violation
 * @property {string} file in the repository, with slashes
 * @property {number} line from 1
 * @property {string} rule
 */

/**
 * Every violation in the repository at `root`.
 * @param {string} root
 * @returns {{ violations: Violation[], fileCount: number }}
 */
export function checkImports(root) {
  const manifest = readJson(join(root, 'package.json')) ?? {};
  const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  const files = sourceFiles(root);
  const violations = files.flatMap((file) => {
    const named = brokenNameRule(file);
    const broken = importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap((found) => {
      const rule = brokenRule(found, declared);
      return rule ? [{ file, line: found.line, rule: `"${found.specifier}": ${rule}` }] : [];
    });
    return named ? [{ file, line: 1, rule: named }, ...broken] : broken;
  });
  return { violations, fileCount: files.length };
}

/** @param {string} root */
function sourceFiles(root) {
  return layerNames
    .filter((layer) => existsSync(join(root, layer)))
    .flatMap((layer) =>
      readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' })
        .filter((name) => SOURCE.test(name))
        .map((name) => `${layer}/${name.split(sep).join('/')}`),
    )
    .sort();
}

/**
 * The imports of a file: static, dynamic, of types, re-exports and require.
 * @param {string} file
 * @param {string} text
 */
export function importsOf(file, text) {
  const script = file.endsWith('.svelte') ? scriptBlocks(text) : text;
  return ts.preProcessFile(script, true, true).importedFiles.map(({ fileName, pos }) => {
    // Vite's `?worker` and its like say how to import, not what.
    const target = fileName.replace(/\?.*$/, '');
    const isRelative = target.startsWith('.');
    return {
      from: file,
      to: isRelative ? posix.join(posix.dirname(file), target) : target,
      isRelative,
      specifier: fileName,
      line: script.slice(0, pos).split('\n').length,
    };
  });
}

/**
 * What stands in `<script>` blocks; all else becomes blank, so that the lines keep their numbers.
 * @param {string} component
 */
function scriptBlocks(component) {
  const blank = (/** @type {string} */ text) => text.replace(/[^\n]/g, ' ');
  let result = '';
  let end = 0;
  for (const match of component.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const [, tag = '', code = ''] = match;
    const start = match.index + tag.length;
    result += blank(component.slice(end, start)) + code;
    end = start + code.length;
  }
  return result + blank(component.slice(end));
}

if (pathToFileURL(resolve(process.argv[1] ?? '')).href === import.meta.url) {
  const { violations, fileCount } = checkImports(projectRoot);
  for (const { file, line, rule } of violations) console.error(`${file}:${line} ${rule}`);
  console.log(`import rule: ${fileCount} files, ${violations.length} violations`);
  process.exitCode = violations.length > 0 || fileCount === 0 ? 1 : 0;
}
