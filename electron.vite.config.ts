import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

// The oldest Electron that has to run this build is 25.1 (Node 18.15, Chrome 114). electron-vite
// would guess newer targets from the `electron` package's version.
const node = 'node18.15';
const chrome = 'chrome114';

export default defineConfig({
  main: {
    resolve: {
      alias: [
        // json-schema-to-typescript would lay its code out by all of Prettier; `types/layout.ts` does.
        { find: /^prettier$/, replacement: 'prettier/standalone' },
        // Its ESM looks for CommonJS's `module` and, bundled, overwrites that of the bundle.
        {
          find: /^@jsdevtools\/ono$/,
          replacement: resolve('node_modules/@jsdevtools/ono/cjs/index.js'),
        },
      ],
    },
    build: {
      target: node,
      outDir: 'out/main',
      // Everything is bundled: the app folder needs no node_modules.
      externalizeDeps: false,
      rollupOptions: {
        // The task thread is a file of its own beside main, and loads its packages as it needs them.
        input: { main: 'src-main/main.ts', 'task-thread': 'src-main/schemas/task-thread.ts' },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
        },
      },
    },
  },
  preload: {
    build: {
      target: node,
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: 'src-ipc/preload.ts',
        // A sandboxed preload can't require its neighbours: one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    build: {
      target: chrome,
      outDir: 'out/renderer',
      minify: true,
      rollupOptions: { input: resolve('src-renderer/index.html') },
    },
    plugins: [svelte({ configFile: false })],
  },
});
