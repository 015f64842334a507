import { getRouteApi, Link } from '@tanstack/react-router';
import { Activity, RefreshCw, SearchX } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { isAwaited, moreOf } from '../../ui/more-rows.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Status } from '../../ui/status.tsx';
import { AttemptsFilters } from './attempts-filters.tsx';
import type { AttemptsSearch } from './attempts-search.ts';
import { AttemptsTable } from './attempts-table.tsx';
import { useAttempts } from './use-attempts.ts';

const AttemptDrawer = lazy(() => import('./attempt-drawer.tsx'));
const route = getRouteApi('/shell/log');

/** The log: every call to a provider, newest first. */
export function AttemptsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const attempts = useAttempts(search);
  const change = (part: Partial<AttemptsSearch>) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const rows = attempts.data?.pages.flatMap((page) => page.data) ?? [];
  const isFiltered = Boolean(search.slug || search.status || search.source || search.api_key_id || search.period);
  const liveness = attempts.isLive ? (
    <Status tone={attempts.isError ? 'bad' : 'ok'}>{attempts.isError ? 'Not refreshed' : 'Live'}</Status>
  ) : (
    <Button
      size="small"
      icon={<RefreshCw aria-hidden className="size-3.5" />}
      pending={attempts.isRefetching}
      onClick={() => attempts.refetch()}
    >
      Refresh
    </Button>
  );

  return (
    <>
      <PageHeader title="Log" description="Every call to a provider: tokens, cost and latency." actions={liveness} />
      <AttemptsFilters search={search} onChange={change} />
      <ProblemAlert error={attempts.error} onRetry={() => attempts.refetch()} />
      {isAwaited(attempts, rows) && <Skeleton className="h-64 w-full" />}
      {attempts.isSuccess &&
        !isAwaited(attempts, rows) &&
        rows.length === 0 &&
        (isFiltered ? <NothingMatches onClear={() => void navigate({ search: {}, replace: true })} /> : <NothingYet />)}
      {rows.length > 0 && <AttemptsTable attempts={rows} {...moreOf(attempts)} />}
      <Suspense>{search.attempt && <AttemptDrawer id={search.attempt} onClose={() => change({ attempt: undefined })} />}</Suspense>
    </>
  );
}

function NothingMatches({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState icon={<SearchX />} title="No call matches these filters." action={<Button onClick={onClear}>Clear the filters</Button>} />
  );
}

function NothingYet() {
  return (
    <EmptyState icon={<Activity />} title="No model has been called yet.">
      Every call through the gateway, the playground or a connection test appears here by itself. Make one in the{' '}
      <Link to="/playground" className="underline underline-offset-2">
        playground
      </Link>
      .
    </EmptyState>
  );
}
