/**
 * `npm run bench [-- ARGUMENTS]`: bundles bench/run.ts for Node, which runs no TypeScript before
 * version 22.18, and runs it.
 */
import { runApp } from './app-process.mjs';
import { ensureCommandLine } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { runScript, say } from './progress.mjs';
import { inProject, projectRoot } from './project.mjs';

await runScript(async () => {
  await ensureDependencies();
  await ensureCommandLine();
  say('Bundling bench/run.ts');
  const { build } = await import('vite');
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'warn',
    build: {
      // As for a server: packages stay imports, so that peers are measured as they are published.
      ssr: 'bench/run.ts',
      outDir: 'out/bench',
      target: 'node20',
      minify: false,
      rollupOptions: { output: { format: 'es', entryFileNames: '[name].mjs' } },
    },
  });
  // --expose-gc lets a benchmark start from a clean heap.
  const args = ['--expose-gc', inProject('out', 'bench', 'run.mjs'), ...process.argv.slice(2)];
  return runApp(process.execPath, args, process.env, projectRoot);
});
