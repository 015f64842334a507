import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**', 'e2e/**'];
/** A state that is polled for may come late on a busy machine. Vitest would wait a second. */
const patient = { poll: { timeout: 20_000 } };

/** On a server that is only a URL, tests that bring an embedded cluster of their own, or speak of files and settings, have nothing more to say. */
const embeddedOnly = process.env.TEST_DATABASE_URL
  ? [
      'packages/database/embedded/**',
      'packages/workflows/engine-database-crashes.integration.test.ts',
      'apps/server/canary.integration.test.ts',
      'apps/server/faults/{database-away,killed-product,start-refusals,wrong-values}.integration.test.ts',
      'packages/usage/journal/**',
    ]
  : [];

export default defineConfig({
  test: {
    // Vitest leaves a core alone; here the tests wait for PostgreSQL and for processes, and would leave both.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.{ts,tsx}', 'demo/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...exclude, '**/*.integration.test.ts'],
          testTimeout: 60_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'integration',
          // Each file would load the whole product anew otherwise: minutes of it.
          isolate: false,
          include: ['packages/**/*.integration.test.ts', 'apps/**/*.integration.test.ts'],
          exclude: [...exclude, ...embeddedOnly],
          testTimeout: 120_000,
          expect: patient,
          hookTimeout: 120_000,
          globalSetup: ['scripts/test/build-product.mjs', 'packages/database/testing/global-setup.ts'],
        },
      },
    ],
  },
});
