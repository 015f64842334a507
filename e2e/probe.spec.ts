import { addModelDialog } from './support/add-model-dialog.ts';
import { expect, test } from './support/journey.ts';
import { openListedModel } from './support/open-listed-model.ts';
import { type SpawnedTinyLlm, spawnTinyLlm } from './support/spawn-tiny-llm.ts';

let tiny: SpawnedTinyLlm;
test.beforeAll(async () => {
  tiny = await spawnTinyLlm();
});
test.afterAll(() => tiny?.stop());

test('what the real tiny model can do is measured, before it is saved and after, and the switches follow', async ({ page }) => {
  test.setTimeout(120_000);
  const form = addModelDialog(page);
  await form.open();
  await form.choice('OpenAI-compatible').click();
  await form.fill({ 'Base URL': tiny.url, 'API key': tiny.apiKey, 'Provider model ID': 'tiny-chat', 'Display name': 'Measured tiny' });
  await form.toggle('Vision');
  const measure = form.button('Measure capabilities');
  await expect(measure).toHaveAttribute('aria-disabled', 'true');
  await form.testAndPass();

  await test.step('its price is told before it runs', async () => {
    await measure.click();
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText('Up to 18 small live calls');
    await expect(question).toContainText('their cost is unknown, because a price is');
    await question.getByRole('button', { name: 'Measure', exact: true }).click();
    await expect(form.dialog.getByText(/Measured by \d+ calls/)).toBeVisible({ timeout: 60_000 });
  });

  await test.step('a switch that contradicts it is flagged, and set from it', async () => {
    await expect(form.dialog.getByText('Measured: refused, but switched on')).toBeVisible();
    await form.dialog.getByRole('button', { name: 'Set switches from probe' }).click();
    await expect(form.dialog.getByRole('switch', { name: 'Vision' })).not.toBeChecked();
    await expect(form.dialog.getByRole('switch', { name: 'Tool use' })).toBeChecked();
    await expect(form.dialog.getByText('Measured: refused, but switched on')).toHaveCount(0);
  });

  await test.step('the saved model shows every check with its evidence', async () => {
    await form.saveAndClose();
    await openListedModel(page, 'Measured tiny');
    const report = page.getByRole('region', { name: 'Measured' });
    await expect(report).toContainText('It answered with the one value that the schema allows.');
    await expect(page.getByText('The switches are as measured.')).toBeVisible();
    await report.getByRole('button', { name: 'Evidence for Vision' }).click();
    await expect(report).toContainText('(an image with digits)');
  });
});
