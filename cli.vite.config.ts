import { defineConfig } from 'vite';

/** The command line for plain Node, which needs no node_modules: what some commands load later are files beside it. */
export default defineConfig({
  build: {
    ssr: 'src-cli/deltascope.ts',
    outDir: 'out/cli',
    target: 'node18.15',
    minify: false,
    emptyOutDir: true,
    rollupOptions: {
      output: {
        format: 'cjs',
        entryFileNames: 'deltascope.cjs',
        chunkFileNames: 'parts/[name]-[hash].cjs',
      },
    },
  },
  ssr: { noExternal: true },
});
