import {
  type ApplyFix,
  type Model,
  modelConnectionTestBodySchema,
  type Provider,
  routes,
  updateModelBodySchema,
} from '@pipelines/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ApiProblem, callApi } from '../../../api-client.ts';
import { useSettled } from '../../../use-settled.ts';
import { useWhileShown } from '../../../use-while-shown.ts';
import { applyFixToForm } from '../connection-form/apply-fix.ts';
import { connectionIssues, connectionKey, type FormIssue, formPathOf, settingsIssues } from '../connection-form/form-bodies.ts';
import { type ModelFormValues, valuesOfModel } from '../connection-form/form-values.ts';
import { showIssues } from '../connection-form/show-issues.ts';
import { useConnectionTest } from '../connection-form/use-connection-test.ts';
import { useImpact } from '../impact/use-impact.ts';
import { changedConnection, changeOfEdit, editBody, leavesDestination } from './edit-body.ts';

/** The edit's story: change, perhaps test the draft, save. A changed destination asks for the secret again. */
export function useEditModel(model: Model, provider: Provider, onSaved: () => void) {
  const form = useForm<ModelFormValues>({ defaultValues: valuesOfModel(model, [provider]) });
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const test = useConnectionTest();
  const [wantsReplacement, setWantsReplacement] = useState(false);
  const [saveError, setSaveError] = useState<unknown>(null);
  const [isSaving, setIsSaving] = useState(false);
  const values = form.watch();
  const mustReplace = leavesDestination(values, model);
  const isReplacing = wantsReplacement || mustReplace;

  // Told while it is typed, so that nobody learns it after the save.
  const change = useSettled(JSON.stringify(changeOfEdit(editBody(values, model, provider, isReplacing))));
  const impact = useImpact(model.slug, JSON.parse(change) as ReturnType<typeof changeOfEdit>);

  function issuesOf(now: ModelFormValues): FormIssue[] {
    const stored = `drafts.${provider.id}.`;
    const secrets = new Set(provider.auth_kinds.flatMap((kind) => kind.fields.map((field) => stored + field.name)));
    return connectionIssues(now, provider).filter((issue) => isReplacing || !secrets.has(issue.path));
  }

  async function runTest(): Promise<void> {
    const now = form.getValues();
    const issues = issuesOf(now);
    showIssues(form, issues);
    if (issues.length > 0) return;
    const body = modelConnectionTestBodySchema.parse(changedConnection(now, model, provider, isReplacing));
    await test.run(connectionKey(now, provider), (signal) => callApi(routes.testModel, { params: { slug: model.slug }, body, signal }));
    await queryClient.invalidateQueries({ queryKey: ['models'] });
  }

  async function applyFix({ set }: ApplyFix): Promise<void> {
    applyFixToForm(form, provider.id, set);
    await runTest();
  }

  async function save(): Promise<void> {
    const now = form.getValues();
    const issues = [...issuesOf(now), ...settingsIssues(now)];
    showIssues(form, issues);
    if (issues.length > 0 || isSaving) return;
    setIsSaving(true);
    setSaveError(null);
    try {
      const body = updateModelBodySchema.parse(editBody(now, model, provider, isReplacing));
      if (Object.keys(body).length > 0) await callApi(routes.updateModel, { params: { slug: model.slug }, body });
      form.reset(now);
      await Promise.all(['models', 'credentials'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
      whileShown(onSaved);
    } catch (error) {
      setSaveError(error);
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
    test,
    key: connectionKey(values, provider),
    isReplacing,
    mustReplace,
    startReplacing: () => setWantsReplacement(true),
    keepStored: () => setWantsReplacement(false),
    impact: change === 'null' ? undefined : impact.data,
    saveError,
    isSaving,
    runTest,
    applyFix,
    save,
  };
}
