import type { Model, OpenProposal } from '@pipelines/contracts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { describeDifferences } from './describe-prices.ts';
import { PriceOrigin } from './price-origin.tsx';
import type { usePriceActions } from './use-prices.ts';

export interface PriceProposalNoticeProps {
  readonly model: Model;
  readonly proposal: OpenProposal;
  readonly actions: ReturnType<typeof usePriceActions>;
  /** Why nobody may decide here; null: they may. */
  readonly closed: string | null;
}

/** A source says another price: what would change, and the two answers. */
export function PriceProposalNotice({ model, proposal, actions: { check, accept, dismiss }, closed }: PriceProposalNoticeProps) {
  // What is shown may be over in a moment.
  const isOver = check.isPending || accept.isPending || dismiss.isPending;
  const waits = isOver ? 'Wait until the prices are there.' : null;
  return (
    <div className="grid gap-3 border-line border-b p-4">
      <Alert
        live={false}
        tone="warn"
        title={
          <>
            Another price is told by <PriceOrigin {...proposal} />
          </>
        }
        action={
          <div className="flex flex-wrap gap-2">
            <Button
              size="small"
              variant="primary"
              pending={accept.isPending}
              unavailable={closed ?? waits}
              onClick={() => accept.mutate(proposal)}
            >
              Accept
            </Button>
            <Button size="small" pending={dismiss.isPending} unavailable={closed ?? waits} onClick={() => dismiss.mutate(proposal)}>
              Dismiss
            </Button>
          </div>
        }
      >
        Found <RelativeTime at={proposal.at} />. Nothing changes until somebody accepts it, and past costs never do.
      </Alert>
      <table aria-label="What would change" className="w-full text-left text-[13px]">
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col" className="py-1 font-medium">
              Price
            </th>
            <th scope="col" className="py-1 font-medium">
              Now
            </th>
            <th scope="col" className="py-1 font-medium">
              Proposed
            </th>
          </tr>
        </thead>
        <tbody>
          {describeDifferences(model, proposal).map((line) => (
            <tr key={line.name} className="tabular-nums">
              <th scope="row" className="py-1 font-normal">
                {line.name}
              </th>
              <td className="py-1 text-muted">{line.before}</td>
              <td className="py-1 font-medium">{line.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ProblemAlert error={accept.error ?? dismiss.error} />
    </div>
  );
}
