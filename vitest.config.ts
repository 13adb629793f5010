import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
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
          include: ['src-renderer/**/*.test.ts'],
        },
      },
    ],
  },
});
