import { type CallLimit, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { callApi } from '../api-client.ts';
import { useMay } from '../session-query.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Meter } from '../ui/meter.tsx';
import { NumberInput } from '../ui/number-input.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { showToast } from '../ui/toast.ts';
import { useEdits } from '../use-edits.ts';
import { limitsKey } from './limit-queries.ts';
import { type LimitSubject, subjectFields } from './limit-subject.ts';

const fields = [
  { name: 'requests_per_minute', used: 'requests', label: 'Calls a minute', what: 'in the last minute', max: 1_000_000 },
  { name: 'tokens_per_minute', used: 'tokens', label: 'Tokens a minute', what: 'in the last minute', max: 1_000_000_000 },
  { name: 'concurrent_calls', used: 'concurrent', label: 'Calls at a time', what: 'out right now', max: 100_000 },
] as const;
type Name = (typeof fields)[number]['name'];
type Values = Record<Name, number | null>;

/** How often and how much may be called, with what is used of it. */
export function CallLimitsForm({ subject, saved }: { readonly subject: LimitSubject; readonly saved: CallLimit | null }) {
  const queryClient = useQueryClient();
  const mayWrite = useMay('limits:write');
  const before: Values = {
    requests_per_minute: saved?.requests_per_minute ?? null,
    tokens_per_minute: saved?.tokens_per_minute ?? null,
    concurrent_calls: saved?.concurrent_calls ?? null,
  };
  const { values, isEdited, edit } = useEdits(before);
  const save = useMutation({
    mutationFn: () => callApi(routes.setCallLimit, { body: { ...subjectFields(subject), ...values } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: limitsKey });
      showToast({ title: 'The limits have been set.' });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  const reason = mayWrite ? (isEdited ? null : 'Nothing has been changed.') : 'Only admins set limits.';
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <ProblemAlert error={save.error} />
      <div className="grid gap-4 sm:grid-cols-3">
        {fields.map(({ name, used, label, what, max }) => (
          <div key={name}>
            <Field label={label}>
              {mayWrite ? (
                <NumberInput
                  value={values[name]}
                  onValueChange={(value) => edit({ [name]: value })}
                  min={1}
                  max={max}
                  placeholder="No limit"
                />
              ) : (
                <p className="text-[13px]">{before[name]?.toLocaleString() ?? 'No limit'}</p>
              )}
            </Field>
            <Used label={label} limit={before[name]} used={saved?.now[used] ?? 0} what={what} />
          </div>
        ))}
      </div>
      <Button type="submit" pending={save.isPending} unavailable={reason}>
        Save limits
      </Button>
    </form>
  );
}

interface UsedProps {
  readonly label: string;
  readonly limit: number | null;
  readonly used: number;
  readonly what: string;
}

function Used({ label, limit, used, what }: UsedProps) {
  if (limit === null) return null;
  const text = `${used.toLocaleString()} of ${limit.toLocaleString()} ${what}`;
  return (
    <div className="mt-2 space-y-1">
      <div className="flex">
        <Meter label={`${label}, used`} value={used} max={limit} text={text} />
      </div>
      <p className="text-muted text-xs tabular-nums">{text}</p>
    </div>
  );
}
