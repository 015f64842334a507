import { test as base, expect } from '@playwright/test';
import { type ManagementApi, managementApi } from './management-api.ts';
import { signIn } from './sign-in.ts';
import { type Product, startProduct } from './start-product.ts';
import { type Providers, startProviders } from './start-providers.ts';
import { watchPage } from './watch-page.ts';

export { expect };

interface ProgramFixtures {
  /** The management API with the admin's key. */
  readonly api: ManagementApi;
}

interface WorkerFixtures {
  readonly providers: Providers;
  /** One product for all journeys of a worker: each brings models and people of its own. */
  readonly product: Product;
  /** The cookies of Dana, the admin, signed in once. */
  readonly adminCookies: Awaited<ReturnType<typeof signIn>>;
}

/** The running product, with every provider played by a server on this machine. Without a browser. */
export const programTest = base.extend<ProgramFixtures, WorkerFixtures>({
  providers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const providers = await startProviders();
      await use(providers);
      await providers.close();
    },
    { scope: 'worker', timeout: 20_000 },
  ],
  product: [
    async ({ providers }, use) => {
      const product = await startProduct({ environment: providers.environment });
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  adminCookies: [async ({ product }, use) => use(await signIn(product.url, product.admin)), { scope: 'worker' }],
  api: async ({ product }, use) => use(managementApi(product)),
});

/** A journey in the browser of the admin. */
export const test = programTest.extend<{ readonly watchedPage: undefined }>({
  baseURL: async ({ product }, use) => use(product.url),
  storageState: async ({ adminCookies }, use) => use(adminCookies),
  /** Fails the journey on whatever the browser complains of. */
  watchedPage: [
    async ({ page }, use) => {
      const watch = await watchPage(page);
      await use(undefined);
      expect(watch.complaints).toEqual([]);
    },
    { auto: true },
  ],
});
