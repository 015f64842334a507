import { routes } from '@pipelines/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { diffGraphs } from '../graph/diff-graphs.ts';
import { workflowQuery } from '../workflow-queries.ts';
import { GraphDiffView } from './graph-diff-view.tsx';
import type { Draft } from './use-draft.ts';

/** Somebody else has saved meanwhile. Shows how theirs differs, and lets one of the two stand; nothing is lost silently. */
export function ConflictDialog({ workflowId, draft }: { readonly workflowId: string; readonly draft: Draft }) {
  const queryClient = useQueryClient();
  const theirs = useQuery({
    queryKey: ['workflows', 'theirs', workflowId],
    queryFn: ({ signal }) => callApi(routes.getWorkflow, { params: { id: workflowId }, signal }),
    gcTime: 0,
    staleTime: 0,
  });
  const other = theirs.data;
  function take() {
    if (!other) return;
    queryClient.setQueryData(workflowQuery(workflowId).queryKey, other);
    draft.takeTheirs(other);
  }
  return (
    <Dialog
      open
      // One of the two has to be chosen: leaving would leave edits unsaved.
      onClose={() => undefined}
      title="Somebody else has changed this pipeline"
      description="Your last edits are not saved. Choose whose draft stands. Taking theirs can be undone."
      footer={
        <div className="flex flex-wrap justify-end gap-2">
          <Button unavailable={other ? null : 'Their draft is being read.'} onClick={() => other && draft.keepMine(other)}>
            Keep mine
          </Button>
          <Button variant="primary" unavailable={other ? null : 'Their draft is being read.'} onClick={take}>
            Take theirs
          </Button>
        </div>
      }
    >
      <ProblemAlert error={theirs.error} onRetry={() => theirs.refetch()} />
      {theirs.isPending && <Skeleton className="h-24" />}
      {other && (
        <section aria-label="From yours to theirs">
          <h3 className="mb-2 font-medium text-[13px]">From yours to theirs</h3>
          {other.name !== draft.content.name && (
            <p className="mb-3 text-[13px]">
              Name: <del className="text-bad">{draft.content.name}</del> → <ins className="text-ok no-underline">{other.name}</ins>
            </p>
          )}
          <GraphDiffView diff={diffGraphs(draft.content.graph, other.draft)} />
        </section>
      )}
    </Dialog>
  );
}
