import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, programTest as test } from './support/journey.ts';
import { type StartedDemo, startDemo } from './support/start-demo.ts';

async function signIn(page: Page, demo: StartedDemo): Promise<void> {
  await page.goto(demo.url);
  await page.getByLabel(/^Email/).fill(demo.email);
  await page.getByLabel(/^Password/).fill(demo.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a newcomer starts the demo, sees a batch that has finished, reviews a trip, and finds all of it again', async ({ page }) => {
  // Two starts of the whole product.
  test.setTimeout(120_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'pipelines-demo-'));
  // As root, PostgreSQL runs as another user, who must pass.
  chmodSync(dataDir, 0o711);
  let demo: StartedDemo | null = null;
  try {
    demo = await startDemo(dataDir);
    expect(demo.output()).toContain("3 of Tuesday's trips wait for your review");
    await signIn(page, demo);
    await page.getByRole('link', { name: 'Pipelines', exact: true }).click();
    await page.getByRole('link', { name: 'Travel desk' }).click();
    await page.getByRole('link', { name: 'Tasks' }).click();
    const batches = page.getByRole('table', { name: 'Batches' });
    await expect(batches.getByRole('row', { name: /Monday/ })).toContainText('10 / 10');
    await expect(batches.getByRole('row', { name: /Tuesday/ })).toContainText('5 / 8');
    await page.getByRole('link', { name: 'Delhi' }).click();
    await expect(page.getByRole('main')).toContainText('Delhi: 11 hours from door to door');
    await page.getByRole('button', { name: 'Pass' }).click();
    await expect(page.getByRole('main')).toContainText('Finished');
    await demo.stop();

    demo = await startDemo(dataDir);
    expect(demo.output()).toContain("2 of Tuesday's trips wait for your review");
    // The session of before holds: it is the same product.
    await page.goto(`${demo.url}/workflows`);
    await expect(page.getByRole('link', { name: 'Travel desk' })).toHaveCount(1);
  } finally {
    await demo?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
