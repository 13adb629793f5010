/**
 * `npm run rules-doc`: writes docs/rules.md from the rules in src-core/conformance, which are
 * TypeScript and so are bundled first.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { runScript, say } from './progress.mjs';
import { inProject, projectRoot } from './project.mjs';

await runScript(async () => {
  await ensureDependencies();
  const { build } = await import('vite');
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: 'src-core/conformance/rules-document.ts',
      outDir: 'out/rules-doc',
      target: 'node20',
      minify: false,
      rollupOptions: { output: { format: 'es', entryFileNames: '[name].mjs' } },
    },
  });
  const made = pathToFileURL(inProject('out', 'rules-doc', 'rules-document.mjs'));
  const { rulesDocument } = await import(made.href);
  writeFileSync(inProject('docs', 'rules.md'), rulesDocument());
  say('Wrote docs/rules.md');
});
