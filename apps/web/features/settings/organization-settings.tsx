import { zodResolver } from '@hookform/resolvers/zod';
import { routes, updateSettingsBodySchema } from '@pipelines/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { callApi } from '../../api-client.ts';
import { ConcurrencyLimitForm } from '../../concurrency-limit-form.tsx';
import { keepAnswer } from '../../keep-answer.ts';
import { organizationSubject } from '../../limits/limit-subject.ts';
import { LimitsOf } from '../../limits/limits-of.tsx';
import { sessionQuery, useMay } from '../../session-query.ts';
import { settingsQuery } from '../../settings-query.ts';
import { showProblemInForm } from '../../show-problem-in-form.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast.ts';
import { ContentLoggingSetting } from './content-logging-setting.tsx';
import { DefaultModelSetting } from './default-model-setting.tsx';
import { SettingCard } from './setting-card.tsx';

export function OrganizationSettings() {
  const settings = useQuery(settingsQuery);
  // What is being typed stays where a later look fails.
  if (settings.error && !settings.data) return <ProblemAlert error={settings.error} onRetry={() => settings.refetch()} />;
  if (!settings.data) return <Skeleton className="h-40 w-full" />;
  return (
    <>
      <SettingCard title="Name" description="How your organization is called in this page.">
        <NameForm name={settings.data.organization_name} />
      </SettingCard>
      <SettingCard title="Default model" description="What the playground, and a new step, starts with.">
        <DefaultModelSetting slug={settings.data.default_model} />
      </SettingCard>
      <SettingCard
        title="Content logging"
        description="The log keeps tokens, cost and times of every call. What was said in it is kept only where you switch it on."
      >
        <ContentLoggingSetting days={settings.data.content_retention_days} />
      </SettingCard>
      <SettingCard title="Concurrency limit" description="How much of your pipelines runs at the same time, over all servers.">
        <ConcurrencyLimitForm subject={{ type: 'organization' }} />
      </SettingCard>
      <SettingCard
        title="Limits and budgets"
        description="What the organization may call and spend. API keys, people and models can have their own besides."
      >
        <LimitsOf subject={organizationSubject} />
      </SettingCard>
    </>
  );
}

const formSchema = updateSettingsBodySchema.required({ organization_name: true }).pick({ organization_name: true });

function NameForm({ name }: { readonly name: string }) {
  const queryClient = useQueryClient();
  const mayWrite = useMay('settings:write');
  const form = useForm({ resolver: zodResolver(formSchema), defaultValues: { organization_name: name } });
  const { errors, isSubmitting, isDirty } = form.formState;
  // The name may come anew at any time, by a save from here or from elsewhere: what is being typed stays.
  useEffect(() => {
    const isTyping = form.formState.isDirty && form.getValues('organization_name') !== name;
    form.reset({ organization_name: name }, { keepValues: isTyping, keepDirty: isTyping });
  }, [form, name]);
  const save = form.handleSubmit(async (body) => {
    try {
      keepAnswer(queryClient, settingsQuery.queryKey, await callApi(routes.updateSettings, { body }));
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      showToast({ title: 'The name has been changed.' });
    } catch (error) {
      showProblemInForm(form, error);
    }
  });
  const reason = mayWrite ? (isDirty ? null : 'Nothing has been changed.') : 'Only admins change the organization.';
  return (
    <form onSubmit={save} noValidate className="max-w-md space-y-3">
      {errors.root?.message && <Alert tone="bad" title={errors.root.message} />}
      <Field label="Organization" error={errors.organization_name?.message}>
        <Input readOnly={!mayWrite} {...form.register('organization_name')} />
      </Field>
      <Button type="submit" variant="primary" pending={isSubmitting} unavailable={reason}>
        Save
      </Button>
    </form>
  );
}
