import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**', 'e2e/**'];

/** On a server that is only a URL, the tests of the embedded cluster have nothing to say. */
const embeddedOnly = process.env.TEST_DATABASE_URL ? ['packages/database/embedded/**'] : [];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.{ts,tsx}', 'demo/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...exclude, '**/*.integration.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['packages/**/*.integration.test.ts', 'apps/**/*.integration.test.ts'],
          exclude: [...exclude, ...embeddedOnly],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          globalSetup: ['packages/database/testing/global-setup.ts'],
        },
      },
    ],
  },
});
