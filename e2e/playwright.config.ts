import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

/** Journeys through the built product in a real browser. `npm test -- journeys` builds, finds a browser and runs them. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  // A product and a browser for each worker; a journey waits more than it works.
  workers: Math.min(2, availableParallelism()),
  // Most take a quarter of it: what is asked for comes late where browsers and products share two cores with others.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    // Recording costs a third of a journey's time; where nobody opens a trace, the page at the failure is printed.
    trace: process.env.CI ? 'off' : 'retain-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
