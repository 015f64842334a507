import { budgetPeriods } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../session-query.ts';
import { Button } from '../ui/button.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { BudgetForm } from './budget-form.tsx';
import { BudgetList } from './budget-list.tsx';
import { CallLimitsForm } from './call-limits-form.tsx';
import { budgetsQuery, callLimitQuery } from './limit-queries.ts';
import { type LimitSubject, subjectMeanings } from './limit-subject.ts';

/** Call limits and budgets of one subject, with what is used of them. */
export default function LimitsPanel({ subject }: { readonly subject: LimitSubject }) {
  const calls = useQuery(callLimitQuery(subject));
  return (
    <div className="space-y-6">
      <p className="text-[13px] text-muted">{subjectMeanings[subject.type]} Where several limits hold, the strictest answers.</p>
      <section aria-label="Call limits" className="space-y-3">
        <h3 className="font-medium text-[13px]">Call limits</h3>
        {calls.error && <ProblemAlert error={calls.error} onRetry={() => calls.refetch()} />}
        {calls.isPending && <Skeleton className="h-24" />}
        {calls.data !== undefined && <CallLimitsForm subject={subject} saved={calls.data} />}
      </section>
      <Budgets subject={subject} />
    </div>
  );
}

function Budgets({ subject }: { readonly subject: LimitSubject }) {
  const budgets = useQuery(budgetsQuery(subject));
  const mayWrite = useMay('limits:write');
  const [adding, setAdding] = useState(false);
  const known = budgets.data ?? [];
  const taken = known.map(({ period }) => period);
  const closed = !mayWrite
    ? 'Only admins set budgets.'
    : taken.length === budgetPeriods.length
      ? 'There is one for each period already.'
      : null;
  return (
    <section aria-label="Budgets" className="space-y-3">
      <h3 className="font-medium text-[13px]">Budgets</h3>
      {budgets.error && <ProblemAlert error={budgets.error} onRetry={() => budgets.refetch()} />}
      {budgets.isPending && <Skeleton className="h-16" />}
      {known.length > 0 && <BudgetList subject={subject} budgets={known} />}
      {budgets.isSuccess && known.length === 0 && !adding && <p className="text-[13px] text-muted">Spending is not held back.</p>}
      {adding ? (
        <BudgetForm subject={subject} taken={taken} onDone={() => setAdding(false)} />
      ) : (
        <Button size="small" icon={<Plus aria-hidden className="size-4" />} unavailable={closed} onClick={() => setAdding(true)}>
          Add budget
        </Button>
      )}
    </section>
  );
}
