import { type ConcurrencyLimit, type Permission, routes } from '@pipelines/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { callApi } from './api-client.ts';
import { keepAnswer } from './keep-answer.ts';
import { useMay } from './session-query.ts';
import { Button } from './ui/button.tsx';
import { Field } from './ui/field.tsx';
import { NumberInput } from './ui/number-input.tsx';
import { ProblemAlert } from './ui/problem-alert.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import { showToast } from './ui/toast.ts';
import { useEdits } from './use-edits.ts';

/** What a limit is on. `id` is the workflow's ID or the model's slug. */
export type LimitSubject = { readonly type: 'organization' } | { readonly type: 'workflow' | 'model'; readonly id: string };

interface Words {
  readonly permission: Permission;
  readonly label: string;
  readonly help: string;
  readonly closed: string;
}

const words: Record<LimitSubject['type'], Words> = {
  organization: {
    permission: 'settings:write',
    label: 'Tasks at a time',
    help: 'Of all pipelines together. Tasks that wait for a review do not count.',
    closed: 'Only admins limit the organization.',
  },
  workflow: {
    permission: 'workflows:write',
    label: 'Tasks at a time',
    help: 'Of all batches of this pipeline together. Tasks that wait for a review do not count.',
    closed: 'Your role does not edit pipelines.',
  },
  model: {
    permission: 'models:write',
    label: 'LLM steps at a time',
    help: 'Of all pipelines together. Calls to the gateway by programs do not count.',
    closed: 'Only admins limit a model.',
  },
};

const limitQuery = (subject: LimitSubject) =>
  queryOptions({ queryKey: ['concurrency-limit', subject.type, 'id' in subject ? subject.id : null], queryFn: () => readLimit(subject) });

/** Reads and sets how much of something runs at a time. */
export function ConcurrencyLimitForm({ subject }: { readonly subject: LimitSubject }) {
  const limit = useQuery(limitQuery(subject));
  // What is being typed stays where a later look fails.
  if (limit.error && !limit.data) return <ProblemAlert error={limit.error} onRetry={() => limit.refetch()} />;
  if (!limit.data) return <Skeleton className="h-20 max-w-md" />;
  return <LimitFields subject={subject} saved={limit.data} />;
}

function LimitFields({ subject, saved }: { readonly subject: LimitSubject; readonly saved: ConcurrencyLimit }) {
  const { permission, label, help, closed } = words[subject.type];
  const queryClient = useQueryClient();
  const mayWrite = useMay(permission);
  const { values, isEdited, edit } = useEdits(saved);
  const save = useMutation({
    mutationFn: () => writeLimit(subject, values),
    onSuccess: (limit) => {
      keepAnswer(queryClient, limitQuery(subject).queryKey, limit);
      showToast({ title: limit.at_most === null ? 'The limit has been lifted.' : 'The limit has been set.' });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <form onSubmit={submit} noValidate className="max-w-md space-y-3">
      <ProblemAlert error={save.error} />
      <Field label={label} help={help}>
        <NumberInput value={values.at_most} onValueChange={(at_most) => edit({ at_most })} min={1} max={10_000} placeholder="No limit" />
      </Field>
      <Button
        type="submit"
        variant="primary"
        pending={save.isPending}
        unavailable={mayWrite ? (isEdited ? null : 'Nothing has been changed.') : closed}
      >
        Save
      </Button>
    </form>
  );
}

function readLimit(subject: LimitSubject): Promise<ConcurrencyLimit> {
  if (subject.type === 'organization') return callApi(routes.getConcurrencyLimit, {});
  if (subject.type === 'workflow') return callApi(routes.getWorkflowConcurrencyLimit, { params: { id: subject.id } });
  return callApi(routes.getModelConcurrencyLimit, { params: { slug: subject.id } });
}

function writeLimit(subject: LimitSubject, body: ConcurrencyLimit): Promise<ConcurrencyLimit> {
  if (subject.type === 'organization') return callApi(routes.setConcurrencyLimit, { body });
  if (subject.type === 'workflow') return callApi(routes.setWorkflowConcurrencyLimit, { params: { id: subject.id }, body });
  return callApi(routes.setModelConcurrencyLimit, { params: { slug: subject.id }, body });
}
