import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';

/**
 * The globals that exist where the code of a folder runs. src-core has only those that are the
 * same in Node and in a page.
 */
const globalsOf = {
  'src-core/**': globals['shared-node-browser'],
  'src-ipc/**': globals['shared-node-browser'],
  'src-main/**': globals.node,
  'src-cli/**': globals.node,
  'bin/**': globals.node,
  'src-renderer/**': globals.browser,
  'scripts/**': globals.node,
  'bench/**': globals.node,
  'e2e/**': { ...globals.node, ...globals.browser },
};

const svelteFiles = ['**/*.svelte', '**/*.svelte.ts'];

export default defineConfig(
  { ignores: ['out/', 'test-results/', 'playwright-report/', 'examples/', '**/recordings/'] },
  js.configs.recommended,
  ts.configs.recommended,
  // Its rules name no files, and one of them breaks on CommonJS.
  svelte.configs.recommended.map((config) => ({ files: svelteFiles, ...config })),
  ...Object.entries(globalsOf).map(([folder, names]) => ({
    files: [folder],
    languageOptions: { globals: names },
  })),
  {
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // A name that starts with _ says that something is left out on purpose.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['src-*/**/*.{ts,svelte}', '{e2e,bench}/**/*.ts', 'scripts/**/*.mjs'],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      // A forgotten await is an error that nobody catches, in the main process as in the tests.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: svelteFiles,
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Captured text must never become markup.
      'svelte/no-at-html-tags': 'error',
      // State is in classes, not in stores; looking for them costs seconds.
      'svelte/require-store-reactive-access': 'off',
      // What was captured never changes, and is kept from Svelte's proxies on purpose.
      'svelte/prefer-svelte-reactivity': 'off',
      // The app has no routes: links are external or none.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
