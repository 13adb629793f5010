import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Vitest leaves a core free for its own watcher, which is half of a machine with two.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          // Far beyond what any test takes: a busy machine is no reason to fail.
          testTimeout: 60_000,
          include: ['src-*/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['src-renderer/**'],
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
          environment: './scripts/testing/page-environment.mjs',
          css: true,
          testTimeout: 60_000,
          include: ['src-renderer/**/*.test.ts'],
        },
      },
    ],
  },
});
