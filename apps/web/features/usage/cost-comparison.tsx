import { type CostComparison, routes } from '@pipelines/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { Button } from '../../ui/button.tsx';
import { formatUsd } from '../../ui/decimal-text.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Status } from '../../ui/status.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { type Period, periodFirstMidnight } from '../period.ts';
import { formatDay } from './format-day.ts';

export interface CostComparisonsProps {
  readonly period: Period;
  readonly slug: string | undefined;
}

/** Our costs beside those that the providers told, day by day. Compared each night; today as it stands. */
export default function CostComparisons({ period, slug }: CostComparisonsProps) {
  const from = periodFirstMidnight(period, Date.now())?.slice(0, 10);
  const comparisons = useInfiniteQuery({
    queryKey: ['usage', 'comparisons', from, slug],
    queryFn: ({ pageParam, signal }) =>
      callApi(routes.listCostComparisons, { query: { from, slug, limit: 20, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: 60_000,
  });
  const rows = comparisons.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <section aria-label="Costs compared with the provider's" className="grid gap-3 pt-2">
      <div>
        <h2 className="font-medium">Costs compared with the provider’s</h2>
        <p className="text-[13px] text-muted">
          Where a provider tells a cost with its answer. Compared each night; a call differs when the two are more than a millionth of a
          dollar apart.
        </p>
      </div>
      <ProblemAlert error={comparisons.error} onRetry={() => comparisons.refetch()} />
      {comparisons.isPending && <Skeleton className="h-24 w-full" />}
      {comparisons.isSuccess && rows.length === 0 && (
        <p className="rounded-xl border border-line px-4 py-3 text-[13px] text-muted">
          No provider has told a cost of its own in this period.
        </p>
      )}
      {rows.length > 0 && <ComparisonTable rows={rows} />}
      {comparisons.hasNextPage && (
        <div>
          <Button size="small" pending={comparisons.isFetchingNextPage} onClick={() => void comparisons.fetchNextPage()}>
            Show earlier days
          </Button>
        </div>
      )}
    </section>
  );
}

function ComparisonTable({ rows }: { readonly rows: readonly CostComparison[] }) {
  return (
    <Table label="Costs compared">
      <TableHead card>
        <Th>Day</Th>
        <Th lead>Model</Th>
        <Th className="text-right">Calls</Th>
        <Th className="text-right">Ours</Th>
        <Th className="text-right">The provider’s</Th>
        <Th className="text-right">Difference</Th>
        <Th>Verdict</Th>
      </TableHead>
      <tbody>
        {rows.map((row) => (
          <Tr card key={`${row.day} ${row.slug} ${row.provider}`}>
            <Td place="beside" className="whitespace-nowrap">
              {formatDay(row.day)}
              {row.preliminary && <span className="block text-muted text-xs">so far</span>}
            </Td>
            <Td place="lead" className="max-w-80">
              <span className="block truncate">{row.name ?? (row.slug || 'Models not saved')}</span>
              {row.name && <span className="block truncate font-mono text-muted text-xs">{row.slug}</span>}
            </Td>
            <Td label="Calls" className="text-right tabular-nums">
              {row.calls.toLocaleString('en')}
            </Td>
            <Td label="Ours" className="text-right tabular-nums">
              {formatUsd(row.cost)}
            </Td>
            <Td label="The provider’s" className="text-right tabular-nums">
              {formatUsd(row.provider_cost)}
            </Td>
            <Td label="Difference" className="text-right tabular-nums">
              {signedUsd(row.difference)}
            </Td>
            <Td>
              <Verdict row={row} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Verdict({ row }: { readonly row: CostComparison }) {
  const unknown = row.unknown_cost_calls > 0 ? `+ ${row.unknown_cost_calls.toLocaleString('en')} unknown to us` : null;
  if (row.differing_calls === 0) {
    return (
      <Status tone={row.calls > 0 ? 'ok' : 'off'} detail={unknown}>
        {row.calls > 0 ? 'Agrees' : 'Not compared'}
      </Status>
    );
  }
  return (
    <Status tone="warn" detail={unknown}>
      {row.differing_calls.toLocaleString('en')} {row.differing_calls === 1 ? 'call differs' : 'calls differ'}
    </Status>
  );
}

function signedUsd(amount: string): string {
  if (amount.startsWith('-')) return `−${formatUsd(amount.slice(1))}`;
  return /[1-9]/.test(amount) ? `+${formatUsd(amount)}` : formatUsd(amount);
}
