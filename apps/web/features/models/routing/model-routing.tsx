import type { Model } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { AliasList } from './alias-list.tsx';
import { CacheForm } from './cache-form.tsx';
import { FallbacksForm } from './fallbacks-form.tsx';
import { LimitsForm } from './limits-form.tsx';
import { OperatorsRoute } from './operators-route.tsx';
import { RouteTable } from './route-table.tsx';
import { routingQuery } from './use-routing.ts';

export interface ModelRoutingProps {
  readonly model: Model;
  /** Why this person cannot change it; null where they can. */
  readonly closed: string | null;
}

/** How calls of the model find their way: its credentials, what stands in for it, its clocks, answers that are kept, its other names. */
export default function ModelRouting({ model, closed }: ModelRoutingProps) {
  const routing = useQuery(routingQuery(model.slug));
  return (
    <section aria-label="Routing" className="rounded-xl border border-line">
      <h2 className="border-line border-b px-4 py-2.5 font-medium">Routing</h2>
      {routing.error && (
        <div className="p-4">
          <ProblemAlert error={routing.error} onRetry={() => void routing.refetch()} />
        </div>
      )}
      {routing.isPending && <Skeleton className="m-4 h-48" />}
      {routing.data && (
        <div className="divide-y divide-line">
          {model.kind === 'platform' ? (
            <OperatorsRoute routing={routing.data} />
          ) : (
            <RouteTable model={model} routing={routing.data} closed={closed} />
          )}
          {model.task === 'chat' && <FallbacksForm model={model} routing={routing.data} closed={closed} />}
          <LimitsForm slug={model.slug} routing={routing.data} closed={closed} />
          <CacheForm slug={model.slug} saved={routing.data.cache_seconds} closed={closed} />
          <AliasList aliases={routing.data.aliases} />
        </div>
      )}
    </section>
  );
}
