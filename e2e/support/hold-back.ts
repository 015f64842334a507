import type { Page } from '@playwright/test';

/**
 * Requests to an address go out only once they are released, as over a slow line.
 *
 * @param method only requests of it; left out: all
 * @returns releases those that wait, and all that come
 */
export async function holdBack(page: Page, address: RegExp, method?: string): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(address, async (route) => {
    if (method === undefined || route.request().method() === method) await released;
    await route.continue();
  });
  return release;
}
