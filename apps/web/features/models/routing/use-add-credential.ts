import { addModelCredentialBodySchema, connectionTestBodySchema, type Model, type Provider, routes } from '@pipelines/contracts';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { callApi } from '../../../api-client.ts';
import { showToast } from '../../../ui/toast.ts';
import { useWhileShown } from '../../../use-while-shown.ts';
import { connectionBody, connectionIssues, connectionKey } from '../connection-form/form-bodies.ts';
import { type ModelFormValues, valuesOfModel } from '../connection-form/form-values.ts';
import { showIssues } from '../connection-form/show-issues.ts';
import { useConnectionTest, whySaveIsClosed } from '../connection-form/use-connection-test.ts';
import { useKeepRouting } from './use-routing.ts';

/** Enter or choose, test, add. The test holds the secret until it is added: it is sent once. */
export function useAddCredential(model: Model, provider: Provider, onAdded: () => void) {
  const form = useForm<ModelFormValues>({ defaultValues: valuesOfModel(model, [provider]) });
  const test = useConnectionTest();
  const keep = useKeepRouting(model.slug);
  const whileShown = useWhileShown();
  const [error, setError] = useState<unknown>(null);
  const [isSaving, setIsSaving] = useState(false);
  const key = connectionKey(form.watch(), provider);

  async function runTest(): Promise<void> {
    const now = form.getValues();
    const issues = connectionIssues(now, provider);
    showIssues(form, issues);
    if (issues.length > 0) return;
    setError(null);
    const body = connectionTestBodySchema.parse(connectionBody(now, provider));
    await test.run(connectionKey(now, provider), (signal) => callApi(routes.createConnectionTest, { body, signal }));
  }

  async function save(): Promise<void> {
    if (isSaving || test.state.phase !== 'done') return;
    setIsSaving(true);
    setError(null);
    try {
      const { credential: _, ...connection } = connectionBody(form.getValues(), provider);
      const body = addModelCredentialBodySchema.parse({ ...connection, connection_test_id: test.state.test.id });
      keep(await callApi(routes.addModelCredential, { params: { slug: model.slug }, body }));
      showToast({ title: 'The credential serves from the next call on.' });
      whileShown(onAdded);
    } catch (problem) {
      setError(problem);
    } finally {
      setIsSaving(false);
    }
  }

  return { form, test, key, error, isSaving, closed: whySaveIsClosed(test.state, key, Date.now()), runTest, save };
}
