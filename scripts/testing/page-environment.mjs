/**
 * A vitest environment in which Svelte compiles for a page, so that effects run. There is no DOM:
 * state classes need none.
 */
export default {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown() {} }),
};
