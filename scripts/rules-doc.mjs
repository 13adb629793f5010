/**
 * `npm run rules-doc`: writes the pages of docs that are made from code, which is TypeScript and so is
 * bundled first.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { runScript, say } from './progress.mjs';
import { inProject, projectRoot } from './project.mjs';

/** The page, and the module whose only function makes it. */
const PAGES = [
  { page: 'rules.md', module: 'src-core/conformance/rules-document.ts' },
  { page: 'faults.md', module: 'src-core/faults/faults-document.ts' },
];

await runScript(async () => {
  await ensureDependencies();
  const { build } = await import('vite');
  for (const { page, module } of PAGES) {
    await build({
      root: projectRoot,
      configFile: false,
      logLevel: 'warn',
      build: {
        ssr: module,
        outDir: 'out/rules-doc',
        target: 'node20',
        minify: false,
        rollupOptions: { output: { format: 'es', entryFileNames: '[name].mjs' } },
      },
    });
    const name = module.replace(/^.*\/(.*)\.ts$/, '$1.mjs');
    const [make] = Object.values(
      await import(pathToFileURL(inProject('out', 'rules-doc', name)).href),
    );
    writeFileSync(inProject('docs', page), make());
    say(`Wrote docs/${page}`);
  }
});
