import type { Model } from '@pipelines/contracts';
import { RefreshCw } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { PriceHistory } from './price-history.tsx';
import { PriceProposalNotice } from './price-proposal.tsx';
import { usePriceActions, usePriceHistory } from './use-prices.ts';

export interface ModelPricesProps {
  readonly model: Model;
  /** Why this person does not change the model; null: they may. */
  readonly closed: string | null;
}

/** What the model costs and has cost, and what the sources say of it. */
export default function ModelPrices({ model, closed }: ModelPricesProps) {
  const history = usePriceHistory(model.slug);
  const actions = usePriceActions(model.slug);
  const last = history.data?.last_check;
  return (
    <section aria-label="Prices" className="rounded-xl border border-line">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-4 py-2.5">
        <h2 className="font-medium">Prices</h2>
        <p className="min-w-0 flex-1 text-[13px] text-muted" aria-live="polite">
          {last && (
            <>
              {last.message} Checked <RelativeTime at={last.at} />.
            </>
          )}
        </p>
        <Button
          size="small"
          icon={<RefreshCw aria-hidden className="size-3.5" />}
          pending={actions.check.isPending}
          unavailable={model.kind === 'platform' ? 'The prices of platform models follow the catalogue.' : closed}
          onClick={() => actions.check.mutate()}
        >
          Check prices
        </Button>
      </div>
      {model.price_proposal && <PriceProposalNotice model={model} proposal={model.price_proposal} actions={actions} closed={closed} />}
      <div className="grid gap-3 p-4">
        <ProblemAlert error={actions.check.error} onRetry={() => actions.check.mutate()} />
        <ProblemAlert error={history.error} onRetry={() => void history.refetch()} />
        {history.isPending && <Skeleton className="h-24 w-full" />}
        {history.data && <PriceHistory periods={history.data.data} />}
        {history.data?.next_cursor && <p className="text-[13px] text-muted">The fifty newest. GET /api/models/…/prices tells all.</p>}
      </div>
    </section>
  );
}
