import type { Workflow } from '@pipelines/contracts';
import { expect, type Locator, type Page } from '@playwright/test';
import type { ManagementApi } from './management-api.ts';

/** The Pipeline Builder, in the words that a person sees. */
export function builder(page: Page) {
  const settings = page.getByRole('region', { name: 'Settings' });
  const card = (name: string) => page.locator(`[data-step=${name}]`);
  return {
    settings,
    card,
    async create(name: string, beginning = 'Empty') {
      await page.goto('/workflows');
      await page.getByRole('button', { name: 'New pipeline' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'New pipeline' });
      await dialog.getByLabel(/^Name/).fill(name);
      await dialog.getByRole('radio', { name: new RegExp(`^${beginning}`) }).click();
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await expect(card('start')).toBeVisible();
    },
    /** After the selected step. */
    add: (kind: string) => page.getByRole('button', { name: `Add ${kind}` }).click(),
    async chooseModel(name: string) {
      await settings.getByRole('combobox', { name: /^Model/ }).click();
      await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
    },
    async chooseIn(list: Locator, option: string | RegExp) {
      await list.click();
      await page.getByRole('option', { name: option }).first().click();
    },
    async expectSaved() {
      await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    },
    async expectComplete() {
      await expect(page.getByText('Nothing is wrong')).toBeVisible();
    },
    async publish() {
      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Publish', exact: true });
      await dialog.getByRole('button', { name: 'Publish' }).click();
      await expect(dialog).toBeHidden();
    },
    workflowId: () => new URL(page.url()).pathname.split('/').at(-1) ?? '',
  };
}

/** The draft as the server has it, once the page has saved. */
export async function savedDraft(api: ManagementApi, page: Page): Promise<Workflow['draft']> {
  const screen = builder(page);
  await screen.expectSaved();
  return (await api<Workflow>('GET', `/api/workflows/${screen.workflowId()}`)).draft;
}

/** Presses Tab until the focus is there, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element.ownerDocument.activeElement === element)) return;
    await page.keyboard.press(key);
  }
  throw new Error('The focus does not get there by Tab.');
}
