import { routes, type Webhook } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Status } from '../../../ui/status.tsx';
import { showToast } from '../../../ui/toast.ts';
import { DeliveriesTable } from './deliveries-table.tsx';
import { webhooksQuery } from './use-webhooks.ts';

export function WebhookCard({ webhook }: { readonly webhook: Webhook }) {
  const { id, url, enabled } = webhook;
  const queryClient = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  const failed = (error: Error) => showToast({ tone: 'bad', title: error.message });
  const test = useMutation({
    mutationFn: () => callApi(routes.testWebhook, { params: { id } }),
    onSuccess: async ({ state, message }) => {
      const delivered = state === 'delivered';
      showToast({
        title: delivered ? 'The test message was taken.' : 'The test message was not taken.',
        ...(message !== null && { description: message }),
        ...(!delivered && { tone: 'bad' as const }),
      });
      await refresh();
    },
    onError: failed,
  });
  const toggle = useMutation({
    mutationFn: () => callApi(routes.updateWebhook, { params: { id }, body: { enabled: !enabled } }),
    onSuccess: refresh,
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: () => callApi(routes.deleteWebhook, { params: { id } }),
    onSuccess: async () => {
      await refresh();
      showToast({ title: 'The webhook has been deleted.' });
    },
  });
  return (
    <section aria-label={url} className="rounded-xl border border-line">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5">
        <h2 className="min-w-0 flex-1 truncate font-medium max-sm:basis-full font-mono text-[13px]" title={url}>
          {url}
        </h2>
        {enabled ? <Status tone="ok">On</Status> : <Status tone="off">Off</Status>}
        <span className="flex gap-1">
          <Button size="small" pending={test.isPending} onClick={() => test.mutate()}>
            Send test
          </Button>
          <Button size="small" variant="ghost" pending={toggle.isPending} onClick={() => toggle.mutate()}>
            {enabled ? 'Switch off' : 'Switch on'}
          </Button>
          <Button size="small" variant="ghost" onClick={() => setRemoving(true)}>
            Delete
          </Button>
        </span>
      </header>
      <div className="p-3">
        <DeliveriesTable webhookId={id} />
      </div>
      <ConfirmDialog
        open={removing}
        danger
        title="Delete this webhook?"
        action="Delete"
        pending={remove.isPending}
        error={remove.error?.message}
        onConfirm={() => remove.mutate()}
        onCancel={() => setRemoving(false)}
      >
        Its secret goes with it, and what still waits is not sent. This cannot be undone.
      </ConfirmDialog>
    </section>
  );
}
