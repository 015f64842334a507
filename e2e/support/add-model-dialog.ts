import { expect, type Page } from '@playwright/test';

/** The Add custom model dialog, in the words that a person sees. */
export function addModelDialog(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Add custom model' });
  // A required field's label ends with a star.
  const field = (label: string) =>
    dialog.getByLabel(new RegExp(`^${label.replaceAll('$', '\\$')}( \\*)?$`)).and(dialog.locator('input:not([type=radio])'));
  const button = (name: string) => dialog.getByRole('button', { name, exact: true });
  const choice = (name: string) => dialog.getByRole('radio', { name, exact: true });
  return {
    dialog,
    field,
    button,
    choice,
    save: button('Save model'),
    /** The labels of all fields that are shown, in order; without the choice of saved credentials, which other journeys bring about. */
    async labels() {
      const labels = await dialog.locator('label[for]').allInnerTexts();
      return labels.map((text) => text.trim()).filter((label) => label !== 'Credentials');
    },
    async open() {
      await page.goto('/models');
      await page.getByRole('button', { name: 'Add custom model' }).click();
      await expect(choice('Fireworks')).toBeVisible();
    },
    async fill(values: Readonly<Record<string, string>>) {
      for (const [label, value] of Object.entries(values)) {
        await field(label).fill(value);
        // Leaving the field closes its list of suggestions.
        await field(label).press('Tab');
      }
    },
    /** Switches a capability by its name. */
    toggle: (name: string) => dialog.getByRole('switch', { name, exact: true }).click(),
    test: () => button('Test connection').click(),
    async testAndPass() {
      await button('Test connection').click();
      await expect(dialog.getByText(/^Connected in /)).toBeVisible();
    },
    async expectSaveClosed(reason: string) {
      await expect(button('Save model')).toHaveAttribute('aria-disabled', 'true');
      await expect(button('Save model')).toHaveAccessibleDescription(reason);
    },
    async expectSaveOpen() {
      await expect(button('Save model')).not.toHaveAttribute('aria-disabled');
    },
    async saveAndClose() {
      await button('Save model').click();
      await expect(dialog).toBeHidden();
    },
  };
}
