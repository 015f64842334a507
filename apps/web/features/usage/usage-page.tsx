import { getRouteApi, Link } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { outdatedClasses } from '../../ui/outdated-classes.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CacheSavings } from '../cache-savings.tsx';
import { ModelFilter } from '../model-filter.tsx';
import { type Period, periodDays, periodNames } from '../period.ts';
import { CostChart } from './cost-chart.tsx';
import { daySeries } from './day-series.ts';
import { UsageTable } from './usage-table.tsx';
import { UsageTiles } from './usage-tiles.tsx';
import { useUsage } from './use-usage.ts';

const CostComparisons = lazy(() => import('./cost-comparison.tsx'));
const route = getRouteApi('/shell/usage');
const offeredPeriods: readonly Period[] = ['7d', '30d', '90d'];

/** What was called, what it cost, and how long it took. */
export function UsagePage() {
  const { period = '30d', slug, by = 'model' } = route.useSearch();
  const navigate = route.useNavigate();
  const byDay = useUsage('day', { period, slug });
  const grouped = useUsage(by, { period, slug });
  const filters = (
    <>
      <ModelFilter slug={slug} onChange={(next) => void navigate({ search: (before) => ({ ...before, slug: next }), replace: true })} />
      <Select
        label="Period"
        className="w-auto min-w-36"
        value={period}
        onValueChange={(next) => void navigate({ search: (before) => ({ ...before, period: next }), replace: true })}
        options={offeredPeriods.map((value) => ({ value, label: periodNames[value] }))}
      />
    </>
  );

  return (
    <>
      <PageHeader title="Usage" description="Spend, calls and latency. Days are in UTC." actions={filters} />
      <ProblemAlert error={byDay.error ?? grouped.error} onRetry={() => Promise.all([byDay.refetch(), grouped.refetch()])} />
      {byDay.isPending && <Skeleton className="h-80 w-full" />}
      {byDay.data?.total.calls === 0 && (
        <EmptyState icon={<ChartColumn />} title="Nothing was called in this period.">
          Spend, calls, tokens and latency appear here with the first call. Make one in the{' '}
          <Link to="/playground" className="underline underline-offset-2">
            playground
          </Link>
          .
        </EmptyState>
      )}
      {byDay.data && byDay.data.total.calls > 0 && (
        <div aria-busy={byDay.isPlaceholderData || undefined} className={classNames('space-y-4', outdatedClasses)}>
          <UsageTiles total={byDay.data.total} />
          <CacheSavings period={period} slug={slug} />
          <section aria-label="Cost per day" className="rounded-xl border border-line bg-surface p-4">
            <h2 className="mb-3 font-medium">Cost per day</h2>
            <CostChart days={daySeries(periodDays(period, Date.now()), byDay.data.data)} />
          </section>
          <Segmented
            label="Group by"
            value={by}
            onValueChange={(next) => void navigate({ search: (before) => ({ ...before, by: next }), replace: true })}
            options={[
              { value: 'model', label: 'By model' },
              { value: 'api_key', label: 'By API key' },
            ]}
          />
          {grouped.data && <UsageTable by={by} rows={grouped.data.data} leftOut={grouped.data.left_out} period={period} />}
          <Suspense>
            <CostComparisons period={period} slug={slug} />
          </Suspense>
        </div>
      )}
    </>
  );
}
