import { type Batch, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleX, Pause, Play, RotateCcw, Table2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { callApi, fillAddress } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { showToast } from '../../../ui/toast.ts';
import { batchQuery } from '../workflow-queries.ts';
import { endedCount } from './batch-counts.ts';
import { ResultsMenu } from './results-menu.tsx';

const KeepBatchDialog = lazy(() => import('../evaluations/keep-batch-dialog.tsx'));
const actions = { pause: routes.pauseBatch, resume: routes.resumeBatch, cancel: routes.cancelBatch, retry: routes.retryBatch } as const;

/** Pause, resume, cancel, retry what failed, take the results home. */
export function BatchActions({ batch }: { readonly batch: Batch }) {
  const queryClient = useQueryClient();
  const mayWrite = useMay('workflows:write');
  const [isAsking, setIsAsking] = useState(false);
  const [isKeeping, setIsKeeping] = useState(false);
  const change = useMutation({
    mutationFn: (action: keyof typeof actions) => callApi(actions[action], { params: { id: batch.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries(batchQuery(batch.id));
      setIsAsking(false);
      await queryClient.invalidateQueries({ queryKey: ['tasks', 'list'] });
    },
    onError: (error) => showToast({ title: 'The batch was not changed.', description: error.message, tone: 'bad' }),
  });
  const role = mayWrite ? null : 'Your role does not run pipelines.';
  const isOpen = batch.state === 'running' || batch.state === 'paused';
  const left = batch.total - endedCount(batch);
  return (
    <>
      {isOpen && (
        <>
          <Button
            icon={batch.state === 'running' ? <Pause aria-hidden className="size-4" /> : <Play aria-hidden className="size-4" />}
            unavailable={role}
            pending={change.isPending && change.variables !== 'cancel'}
            onClick={() => change.mutate(batch.state === 'running' ? 'pause' : 'resume')}
          >
            {batch.state === 'running' ? 'Pause' : 'Resume'}
          </Button>
          <Button variant="danger" icon={<CircleX aria-hidden className="size-4" />} unavailable={role} onClick={() => setIsAsking(true)}>
            Cancel
          </Button>
        </>
      )}
      {batch.counts.failed > 0 && (
        <Button
          icon={<RotateCcw aria-hidden className="size-4" />}
          unavailable={role}
          pending={change.isPending && change.variables === 'retry'}
          onClick={() => change.mutate('retry')}
        >
          Retry {batch.counts.failed.toLocaleString('en')} failed
        </Button>
      )}
      <Button
        icon={<Table2 aria-hidden className="size-4" />}
        unavailable={role ?? (batch.counts.finished === 0 ? 'No task has finished yet.' : null)}
        onClick={() => setIsKeeping(true)}
      >
        Keep as dataset
      </Button>
      <ResultsMenu
        name={batch.name || `batch ${batch.id}`}
        addressOf={(format) => fillAddress(routes.getBatchResults.path, { id: batch.id }, { format })}
      />
      <Suspense>{isKeeping && <KeepBatchDialog batch={batch} onClose={() => setIsKeeping(false)} />}</Suspense>
      <ConfirmDialog
        open={isAsking}
        title="Cancel the batch?"
        action="Cancel the batch"
        danger
        pending={change.isPending}
        onConfirm={() => change.mutate('cancel')}
        onCancel={() => setIsAsking(false)}
      >
        {left.toLocaleString('en')} tasks that have not ended will not go on. What has ended stays.
      </ConfirmDialog>
    </>
  );
}
