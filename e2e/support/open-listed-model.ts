import type { Page } from '@playwright/test';

/** From the list to the page of a model. It is searched for: only the rows near the window are drawn, and other journeys add models too. */
export async function openListedModel(page: Page, displayName: string): Promise<void> {
  await page.goto(`/models?search=${encodeURIComponent(displayName)}`);
  await page.getByRole('link', { name: displayName, exact: true }).click();
}
