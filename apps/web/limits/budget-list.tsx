import { type Budget, type BudgetPeriod, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../api-client.ts';
import { useMay } from '../session-query.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { formatUsd } from '../ui/decimal-text.ts';
import { Meter } from '../ui/meter.tsx';
import { Status } from '../ui/status.tsx';
import { showToast } from '../ui/toast.ts';
import { BudgetForm } from './budget-form.tsx';
import { limitsKey } from './limit-queries.ts';
import type { LimitSubject } from './limit-subject.ts';

const periodNames: Record<BudgetPeriod, string> = { day: 'A day', month: 'A month', total: 'In all' };

/** The budgets of a subject, with what was spent of each. */
export function BudgetList({ subject, budgets }: { readonly subject: LimitSubject; readonly budgets: readonly Budget[] }) {
  return (
    <ul aria-label="Budgets" className="divide-y divide-line rounded-lg border border-line">
      {budgets.map((budget) => (
        <BudgetRow key={budget.id} subject={subject} budget={budget} />
      ))}
    </ul>
  );
}

function BudgetRow({ subject, budget }: { readonly subject: LimitSubject; readonly budget: Budget }) {
  const queryClient = useQueryClient();
  const mayWrite = useMay('limits:write');
  const [mode, setMode] = useState<'shown' | 'edited' | 'removed'>('shown');
  const remove = useMutation({
    mutationFn: () => callApi(routes.deleteBudget, { params: { id: budget.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: limitsKey });
      showToast({ title: 'The budget has been removed.' });
    },
  });
  const name = periodNames[budget.period];
  const closed = mayWrite ? null : 'Only admins change budgets.';
  const text = `${formatUsd(budget.spent)} of ${formatUsd(budget.amount)}`;
  if (mode === 'edited') {
    return (
      <li className="p-3">
        <BudgetForm subject={subject} budget={budget} taken={[]} onDone={() => setMode('shown')} />
      </li>
    );
  }
  return (
    <li className="p-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="w-20 font-medium text-[13px]">{name}</span>
        <Meter label={`${name}, spent`} value={Number(budget.spent)} max={Number(budget.amount)} text={text} />
        <span className="text-[13px] tabular-nums">{text}</span>
        <BudgetStatus budget={budget} />
        <span className="ml-auto flex gap-1">
          <Button size="small" variant="ghost" aria-label={`Edit: ${name}`} unavailable={closed} onClick={() => setMode('edited')}>
            Edit
          </Button>
          <Button size="small" variant="ghost" aria-label={`Remove: ${name}`} unavailable={closed} onClick={() => setMode('removed')}>
            Remove
          </Button>
        </span>
      </div>
      <p className="mt-1 text-muted text-xs">{describeBudget(budget)}</p>
      <ConfirmDialog
        open={mode === 'removed'}
        danger
        title="Remove this budget?"
        action="Remove"
        pending={remove.isPending}
        error={remove.error?.message}
        onConfirm={() => remove.mutate()}
        onCancel={() => setMode('shown')}
      >
        Nothing holds spending back any more: {text} is where it stands.
      </ConfirmDialog>
    </li>
  );
}

function BudgetStatus({ budget: { reached } }: { readonly budget: Budget }) {
  if (reached === 100) return <Status tone="bad">Used up</Status>;
  if (reached === 80) return <Status tone="warn">80 % reached</Status>;
  return reached === 50 ? <Status tone="ok">50 % reached</Status> : null;
}

function describeBudget({ ends_at, uncounted_calls, refuse_unknown_prices, starts_at }: Budget): string {
  const day = (moment: string) => new Date(moment).toLocaleDateString(undefined, { timeZone: 'UTC', dateStyle: 'medium' });
  const parts = [ends_at === null ? `Since ${day(starts_at)}` : `Begins anew on ${day(ends_at)}, 00:00 UTC`];
  if (refuse_unknown_prices) parts.push('models of unknown price are refused');
  else if (uncounted_calls > 0) {
    parts.push(
      `${uncounted_calls.toLocaleString()} ${uncounted_calls === 1 ? 'call' : 'calls'} of unknown cost ${uncounted_calls === 1 ? 'is' : 'are'} not in it`,
    );
  }
  return `${parts.join('; ')}.`;
}
