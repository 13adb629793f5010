import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // Of one run; scripts/playwright.mjs has a later limit for a runner that hangs.
  globalTimeout: 10 * 60_000,
  timeout: 120_000,
  // Far beyond what anything takes: a busy machine is no reason to fail.
  expect: { timeout: 20_000 },
  // A test that passes only when tried again hides a race in the app.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  projects: [
    { name: 'app', testMatch: '*.e2e.ts' },
    { name: 'screenshots', testMatch: 'screenshots.ts', fullyParallel: false },
  ],
});
