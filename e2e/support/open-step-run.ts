import type { Page } from '@playwright/test';

/** Opens a run on a task's page, unless it is open: one that was seen running is. */
export async function openStepRun(page: Page, title: string): Promise<void> {
  const summary = page.locator('summary', { hasText: title }).first();
  const run = page.locator('details').filter({ has: summary }).first();
  if ((await run.getAttribute('open')) === null) await summary.click();
}
