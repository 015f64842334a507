import { type ApplyFix, connectionTestBodySchema, type Model, type Provider, routes, type SuggestedPrices } from '@pipelines/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ApiProblem, callApi } from '../../../api-client.ts';
import { useWhileShown } from '../../../use-while-shown.ts';
import { applyFixToForm } from '../connection-form/apply-fix.ts';
import { connectionBody, connectionIssues, connectionKey, createModelBody, formPathOf } from '../connection-form/form-bodies.ts';
import { type ModelFormValues, newModelValues, secretFieldNames } from '../connection-form/form-values.ts';
import { type PriceName, priceNames, priceSourceOf, valuesOfPrices } from '../connection-form/price-values.ts';
import { showIssues } from '../connection-form/show-issues.ts';
import { useConnectionTest, whySaveIsClosed } from '../connection-form/use-connection-test.ts';

/** The Add dialog's story: fill in, test, perhaps apply a fix and test again, save. */
export function useAddModel(providers: readonly Provider[], onCreated: (model: Model) => void) {
  const form = useForm<ModelFormValues>({ defaultValues: newModelValues(providers), shouldFocusError: true });
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const test = useConnectionTest();
  const [suggested, setSuggested] = useState<SuggestedPrices | null>(null);
  const [saveError, setSaveError] = useState<unknown>(null);
  const [isSaving, setIsSaving] = useState(false);
  const values = form.watch();
  const provider = providers.find((candidate) => candidate.id === values.provider) as Provider;
  const key = connectionKey(values, provider);

  async function runTest(): Promise<void> {
    const now = form.getValues();
    const issues = connectionIssues(now, provider);
    showIssues(form, issues);
    if (issues.length > 0) return;
    setSaveError(null);
    const body = connectionTestBodySchema.parse(connectionBody(now, provider));
    const tested = connectionKey(now, provider);
    const result = await test.run(tested, (signal) => callApi(routes.createConnectionTest, { body, signal }));
    // Another connection may have been typed meanwhile, which costs something else.
    if (result?.passed && result.suggested_prices && isShown(tested)) fillBlankPrices(result.suggested_prices);
  }

  function isShown(tested: string): boolean {
    const now = form.getValues();
    const shown = providers.find(({ id }) => id === now.provider);
    return shown !== undefined && connectionKey(now, shown) === tested;
  }

  function fillBlankPrices(prices: SuggestedPrices): void {
    setSuggested(prices);
    const known = valuesOfPrices(prices, form.getValues('price_unit'));
    const fill = (name: PriceName) => {
      if (form.getValues(name).trim() === '') form.setValue(name, known[name], { shouldDirty: true });
    };
    const both = ['input_price', 'output_price'] as const;
    for (const name of both) fill(name);
    // Whoever has typed prices of their own does not pay by the rest of the list.
    if (both.some((name) => form.getValues(name) !== known[name])) return;
    for (const name of priceNames) fill(name);
    if (form.getValues('tiers').length === 0) form.setValue('tiers', known.tiers, { shouldDirty: true });
  }

  async function applyFix({ set }: ApplyFix): Promise<void> {
    applyFixToForm(form, provider.id, set);
    await runTest();
  }

  async function reuse(credentialId: string): Promise<void> {
    form.setValue(`drafts.${provider.id}.credential_id`, credentialId, { shouldDirty: true });
    for (const name of secretFieldNames) form.setValue(`drafts.${provider.id}.${name}`, '');
    await queryClient.invalidateQueries({ queryKey: ['credentials'] });
    await runTest();
  }

  async function save(): Promise<void> {
    if (isSaving || test.state.phase !== 'done') return;
    const now = form.getValues();
    const outcome = createModelBody(now, provider, { id: test.state.test.id, priceSource: priceSourceOf(now, suggested) });
    if ('issues' in outcome) return showIssues(form, outcome.issues);
    setIsSaving(true);
    setSaveError(null);
    try {
      const model = await callApi(routes.createModel, { body: outcome.body });
      form.reset(newModelValues(providers));
      await Promise.all(['models', 'credentials'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
      whileShown(() => onCreated(model));
    } catch (error) {
      setSaveError(error);
      if (error instanceof ApiProblem && error.code === 'connection_test_required') test.reset();
      if (error instanceof ApiProblem)
        showIssues(
          form,
          error.errors.map(({ field, message }) => ({ path: formPathOf(now, field.split('.')), message })),
        );
    } finally {
      setIsSaving(false);
    }
  }

  return {
    form,
    provider,
    test,
    key,
    suggested,
    saveError,
    isSaving,
    saveClosed: whySaveIsClosed(test.state, key, Date.now()),
    runTest,
    applyFix,
    reuse,
    save,
  };
}
