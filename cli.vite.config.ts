import { defineConfig } from 'vite';

/** The command line: one file for plain Node, which needs no node_modules. */
export default defineConfig({
  build: {
    ssr: 'src-cli/deltascope.ts',
    outDir: 'out/cli',
    target: 'node18.15',
    minify: false,
    emptyOutDir: true,
    rollupOptions: {
      output: { format: 'cjs', entryFileNames: 'deltascope.cjs', inlineDynamicImports: true },
    },
  },
  ssr: { noExternal: true },
});
