import type { Batch } from '@pipelines/contracts';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Money } from '../../../ui/money.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { BatchActions } from './batch-actions.tsx';
import { describeWait } from './batch-counts.ts';
import { BatchProgress } from './batch-progress.tsx';
import { HeldBack } from './held-back.tsx';
import { TaskList } from './task-list.tsx';
import { BatchStateWord, taskStates } from './task-state.tsx';
import { useLiveBatch } from './use-live-batch.ts';

const route = getRouteApi('/shell/batches/$id');

/** One batch while it runs and afterwards. */
export function BatchPage() {
  const { id } = route.useParams();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const batch = useLiveBatch(id);
  const data = batch.data;
  const title = data ? data.name || `Batch of ${data.total.toLocaleString('en')}` : null;
  return (
    <>
      <PageHeader
        title={title ?? <Skeleton className="h-7 w-56" />}
        documentTitle={title ?? 'Batch'}
        description={
          data && (
            <span className="flex flex-wrap items-center gap-x-3">
              <BatchStateWord state={data.state} />
              <span>
                begun <RelativeTime at={data.created_at} />
              </span>
              <Link to="/workflows/$id/tasks" params={{ id: data.workflow_id }} className="text-primary-text underline underline-offset-2">
                All tasks of the pipeline
              </Link>
            </span>
          )
        }
        actions={data && <BatchActions batch={data} />}
      />
      <ProblemAlert error={batch.error} onRetry={() => batch.refetch()} />
      {batch.isPending && <Skeleton className="h-40 w-full" />}
      {data && (
        <div className="space-y-8">
          <div className="space-y-4">
            <HeldBack heldBackBy={data.held_back_by} workflowId={data.workflow_id} />
            <BatchFacts batch={data} />
          </div>
          <TaskList
            filters={{ workflowId: data.workflow_id, batchId: id, state }}
            isRunning={data.state === 'running'}
            onStateChange={(next) => void navigate({ search: { state: next }, replace: true })}
          />
        </div>
      )}
    </>
  );
}

function BatchFacts({ batch }: { readonly batch: Batch }) {
  const counts = Object.entries(batch.counts).filter(([, count]) => count > 0);
  return (
    <section aria-label="Progress" className="space-y-4 rounded-xl border border-line bg-panel p-4">
      <BatchProgress batch={batch} />
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-[13px]">
        {counts.map(([state, count]) => (
          <li key={state}>
            <span className="font-medium tabular-nums">{count.toLocaleString('en')}</span>{' '}
            <span className="text-muted">{taskStates[state as keyof typeof taskStates].word.toLowerCase()}</span>
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-2 gap-4 border-line border-t pt-4 sm:grid-cols-4">
        <Figure name="Rate" value={batch.rate_per_minute === null ? '—' : `${round(batch.rate_per_minute)} a minute`} />
        <Figure name="Time left" value={batch.eta_seconds === null || batch.state !== 'running' ? '—' : describeWait(batch.eta_seconds)} />
        <Figure
          name="Cost so far"
          value={<Money amount={batch.cost} />}
          detail={batch.unknown_cost_calls > 0 ? `${batch.unknown_cost_calls.toLocaleString('en')} calls of unknown cost` : null}
        />
        <Figure name="Cost projected" value={batch.projected_cost === null ? '—' : <Money amount={batch.projected_cost} />} />
      </dl>
    </section>
  );
}

function Figure({ name, value, detail = null }: { readonly name: string; readonly value: ReactNode; readonly detail?: string | null }) {
  return (
    <div>
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-medium tabular-nums">
        {value}
        {detail && <span className="block font-normal text-muted text-xs">{detail}</span>}
      </dd>
    </div>
  );
}

function round(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}
