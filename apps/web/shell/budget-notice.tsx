import type { Budget } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { reachedBudgetsQuery } from '../limits/limit-queries.ts';
import { Alert } from '../ui/alert.tsx';
import { formatUsd } from '../ui/decimal-text.ts';

const kinds: Record<Budget['subject_type'], string> = {
  organization: 'organization',
  api_key: 'API key',
  member: 'member',
  model: 'model',
};
const periods: Record<Budget['period'], string> = { day: 'for today', month: 'for this month', total: 'in all' };
const shown = 3;

/** Tells on every page which budgets are nearly or wholly used up. */
export default function BudgetNotice() {
  const reached = useQuery(reachedBudgetsQuery).data ?? [];
  if (reached.length === 0) return null;
  const usedUp = reached.filter((budget) => budget.reached === 100);
  const worst = [...usedUp, ...reached.filter((budget) => budget.reached !== 100)].slice(0, shown);
  return (
    <div className="mb-5">
      <Alert
        live={false}
        tone={usedUp.length > 0 ? 'bad' : 'warn'}
        title={usedUp.length > 0 ? 'A budget is used up, and its calls are refused' : 'A budget is nearly used up'}
      >
        <ul>
          {worst.map((budget) => (
            <li key={budget.id}>
              The {kinds[budget.subject_type]} {budget.subject_name} has spent {formatUsd(budget.spent)} of the {formatUsd(budget.amount)}{' '}
              {periods[budget.period]}.
            </li>
          ))}
          {reached.length > shown && <li>And {reached.length - shown} more.</li>}
        </ul>
      </Alert>
    </div>
  );
}
