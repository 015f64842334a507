import type { CreatedWebhook, Webhook } from '@pipelines/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { AddWebhookDialog } from './add-webhook-dialog.tsx';
import { NewSecretDialog } from './new-secret-dialog.tsx';
import { webhooksQuery } from './use-webhooks.ts';
import { WebhookCard } from './webhook-card.tsx';

/** The addresses that are told of budgets, and what was sent to each. */
export default function WebhooksSettings() {
  const queryClient = useQueryClient();
  const webhooks = useQuery(webhooksQuery);
  const [dialog, setDialog] = useState<'add' | CreatedWebhook | null>(null);
  const known: readonly Webhook[] = webhooks.data ?? [];

  async function created(webhook: CreatedWebhook) {
    setDialog(webhook);
    await queryClient.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  }

  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-2xl text-[13px] text-muted">
          When a budget reaches 50, 80 or 100 %, a signed message is posted to each address: once for each, and again until it is taken.
        </p>
        <Button variant="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setDialog('add')}>
          Add webhook
        </Button>
      </div>
      {webhooks.error && <ProblemAlert error={webhooks.error} onRetry={() => webhooks.refetch()} />}
      {webhooks.isPending && <Skeleton className="h-32 w-full" />}
      {webhooks.isSuccess && known.length === 0 && (
        <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-[13px] text-muted">
          Nobody is told yet. The page says it all the same.
        </p>
      )}
      {known.map((webhook) => (
        <WebhookCard key={webhook.id} webhook={webhook} />
      ))}
      {dialog === 'add' && <AddWebhookDialog onCreated={created} onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'add' && <NewSecretDialog secret={dialog.secret} onClose={() => setDialog(null)} />}
    </div>
  );
}
