import { type Budget, type BudgetPeriod, budgetPeriods, createBudgetBodySchema, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { callApi } from '../api-client.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Select } from '../ui/select.tsx';
import { SwitchCard } from '../ui/switch-card.tsx';
import { showToast } from '../ui/toast.ts';
import { limitsKey } from './limit-queries.ts';
import { type LimitSubject, subjectFields } from './limit-subject.ts';

const periodOptions: Record<BudgetPeriod, string> = { day: 'a day', month: 'a month', total: 'in all' };

export interface BudgetFormProps {
  readonly subject: LimitSubject;
  /** The one that is changed; left out: a new one. */
  readonly budget?: Budget;
  /** Periods that have a budget already. */
  readonly taken: readonly BudgetPeriod[];
  readonly onDone: () => void;
}

/** How much may be spent, and in what time. */
export function BudgetForm({ subject, budget, taken, onDone }: BudgetFormProps) {
  const queryClient = useQueryClient();
  const free = budgetPeriods.filter((period) => !taken.includes(period));
  const [amount, setAmount] = useState(budget?.amount ?? '');
  const [period, setPeriod] = useState<BudgetPeriod>(budget?.period ?? (free.includes('month') ? 'month' : (free[0] ?? 'month')));
  const [refuseUnknown, setRefuseUnknown] = useState(budget?.refuse_unknown_prices ?? false);
  const [error, setError] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (parsed: string) => {
      const body = { amount: parsed, refuse_unknown_prices: refuseUnknown };
      if (budget !== undefined) return callApi(routes.updateBudget, { params: { id: budget.id }, body });
      return callApi(routes.createBudget, { body: { ...subjectFields(subject), period, ...body } });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: limitsKey });
      showToast({ title: 'The budget has been set.' });
      onDone();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const parsed = createBudgetBodySchema.shape.amount.safeParse(amount.replace(/^\s*\$\s*/, '').replaceAll(',', ''));
    if (!parsed.success) return setError(parsed.error.issues[0]?.message ?? null);
    setError(null);
    save.mutate(parsed.data);
  }
  return (
    <form onSubmit={submit} noValidate aria-label={budget === undefined ? 'New budget' : 'Edit budget'} className="max-w-lg space-y-3">
      <ProblemAlert error={save.error} />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Amount in USD" required error={error}>
          <Input inputMode="decimal" placeholder="25" value={amount} autoFocus onChange={(event) => setAmount(event.target.value)} />
        </Field>
        <Field label="May be spent">
          <Select
            value={period}
            onValueChange={setPeriod}
            disabled={budget !== undefined}
            options={(budget === undefined ? free : [budget.period]).map((value) => ({ value, label: periodOptions[value] }))}
          />
        </Field>
      </div>
      <SwitchCard
        title="Refuse models of unknown price"
        description="Otherwise their calls are let through, and are not counted."
        checked={refuseUnknown}
        onCheckedChange={setRefuseUnknown}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={save.isPending}>
          Save budget
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
