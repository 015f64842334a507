import { type Replay, routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Braces, Download, Split, Table2, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { keepAnswer } from '../../../keep-answer.ts';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useWhileShown } from '../../../use-while-shown.ts';
import { isRunning, replayQuery } from './replay-queries.ts';

const RepointDialog = lazy(() => import('../impact/repoint-dialog.tsx'));

/** Take it away, end it, delete it; and the step that it was made for. */
export function ReplayActions({ replay }: { readonly replay: Replay }) {
  const params = { slug: replay.from, id: replay.id };
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const navigate = useNavigate();
  const mayRepoint = useMay('workflows:write');
  const [dialog, setDialog] = useState<'delete' | 'repoint' | null>(null);
  const model = useQuery({
    queryKey: ['models', 'one', replay.from],
    queryFn: ({ signal }) => callApi(routes.getModel, { params: { slug: replay.from }, signal }),
  });
  const cancel = useMutation({
    mutationFn: () => callApi(routes.cancelReplay, { params }),
    onSuccess: (canceled) => keepAnswer(queryClient, replayQuery(replay.from, replay.id).queryKey, canceled),
    onError: (error) => showToast({ tone: 'bad', title: error.message }),
  });
  const remove = useMutation({
    mutationFn: () => callApi(routes.deleteReplay, { params }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['models', 'replays', replay.from] });
      await whileShown(() => navigate({ to: '/models/$slug', params: { slug: replay.from } }));
    },
  });
  const file = (format: 'json' | 'csv') => (
    // biome-ignore lint/a11y/useAnchorContent: the menu puts its label in
    <a
      href={`/api/models/${encodeURIComponent(replay.from)}/replays/${replay.id}/results?format=${format}`}
      download={`replay-${replay.id}.${format}`}
    />
  );
  return (
    <>
      {isRunning(replay) ? (
        <Button pending={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      ) : (
        <Button
          variant="ghost"
          size="icon"
          aria-label="Delete replay"
          icon={<Trash2 aria-hidden className="size-4" />}
          onClick={() => setDialog('delete')}
        />
      )}
      <Menu
        trigger={<Button icon={<Download aria-hidden className="size-4" />}>Export</Button>}
        actions={[
          { label: 'As CSV', icon: <Table2 />, link: file('csv') },
          { label: 'As JSON', icon: <Braces />, link: file('json') },
        ]}
      />
      <Button
        variant="primary"
        icon={<Split aria-hidden className="size-4" />}
        pending={dialog === 'repoint' && model.isPending}
        unavailable={mayRepoint ? model.error?.message : 'Your role does not change workflows.'}
        onClick={() => setDialog('repoint')}
      >
        Repoint workflows to this model
      </Button>
      <Suspense>
        {dialog === 'repoint' && model.data && <RepointDialog model={model.data} initialTo={replay.to} onClose={() => setDialog(null)} />}
      </Suspense>
      <ConfirmDialog
        open={dialog === 'delete'}
        danger
        title="Delete this replay?"
        action="Delete"
        pending={remove.isPending}
        error={remove.error?.message}
        onCancel={() => setDialog(null)}
        onConfirm={() => remove.mutate()}
      >
        Its inputs, answers and numbers are deleted. The rows of the log stay.
      </ConfirmDialog>
    </>
  );
}
