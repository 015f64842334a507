import { routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { compareDecimals, formatUsd, roundDecimal } from '../../../ui/decimal-text.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { periodFirstMidnight } from '../../period.ts';

/** Thirty days of one model in four figures. What is unknown is counted, not taken for zero. */
export function ModelUsage({ slug }: { readonly slug: string }) {
  const from = periodFirstMidnight('30d', Date.now());
  const usage = useQuery({
    queryKey: ['usage', 'model', slug, from],
    queryFn: ({ signal }) => callApi(routes.getUsage, { query: { group_by: 'day', slug, from }, signal }),
  });
  if (usage.error) return <ProblemAlert error={usage.error} onRetry={() => void usage.refetch()} />;
  const total = usage.data?.total;
  const figures = total && [
    { name: 'Spend', value: spendText(total.cost), note: unknownNote(total.unknown_cost_calls) },
    {
      name: 'Calls',
      value: total.calls.toLocaleString(),
      note: total.failed_calls > 0 ? `${total.failed_calls.toLocaleString()} failed` : null,
    },
    { name: 'Tokens', value: (total.prompt_tokens + total.completion_tokens).toLocaleString(), note: null },
    { name: 'P95 latency', value: total.latency_p95_ms === null ? '—' : `${total.latency_p95_ms.toLocaleString()} ms`, note: null },
  ];
  return (
    <section aria-label="Last 30 days" aria-busy={usage.isPending} className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {(figures ?? [null, null, null, null]).map((figure, index) => (
        // The four places are fixed; only what stands in them changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className="rounded-xl border border-line px-4 py-3">
          {figure ? (
            <>
              <div className="text-muted text-xs">{figure.name}, 30 days</div>
              <div className="mt-1 font-semibold text-xl tabular-nums tracking-tight">{figure.value}</div>
              {figure.note && <div className="text-muted text-xs">{figure.note}</div>}
            </>
          ) : (
            <Skeleton className="h-12" />
          )}
        </div>
      ))}
    </section>
  );
}

/** To the cent, but a spend below a cent is told exactly: it is not nothing. */
function spendText(cost: string): string {
  return compareDecimals(cost, '0.01') < 0 ? formatUsd(cost) : formatUsd(roundDecimal(cost, 2));
}

function unknownNote(calls: number): string | null {
  return calls === 0 ? null : `${calls.toLocaleString()} ${calls === 1 ? 'call' : 'calls'} of unknown cost`;
}
